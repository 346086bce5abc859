"""Tasks: each is awaited, or cancelled and awaited."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest
from my_project.well_behaved import Background, Worker


async def double(number: int) -> int:
    """Stand for work that waits a little."""
    await asyncio.sleep(0)
    return number * 2


async def test_a_task_group_awaits_its_tasks() -> None:
    """The group has awaited both tasks when it ends."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(double(number)) for number in (1, 2)]
    assert [task.result() for task in tasks] == [2, 4]


async def test_a_task_group_cancels_the_siblings() -> None:
    """The failure of one task cancels the other, which the group awaits."""

    async def fail() -> None:
        raise ValueError("one")

    with pytest.RaisesGroup(pytest.RaisesExc(ValueError, match="one")):
        async with asyncio.TaskGroup() as group:
            sibling = group.create_task(asyncio.Event().wait())
            group.create_task(fail())
    assert sibling.cancelled()


async def test_nested_task_groups() -> None:
    """The outer group outlives the inner."""
    async with asyncio.TaskGroup() as outer:
        first = outer.create_task(double(1))
        async with asyncio.TaskGroup() as inner:
            second = inner.create_task(double(2))
    assert (first.result(), second.result()) == (2, 4)


async def test_a_timeout_that_fires_is_handled() -> None:
    """What was too slow is cancelled, and the block says so."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()


async def test_a_timeout_is_put_off() -> None:
    """The deadline moves, so it never fires."""
    async with asyncio.timeout(0.01) as timeout:
        timeout.reschedule(asyncio.get_running_loop().time() + 60)
        assert await double(1) == 2
    assert not timeout.expired()


async def test_wait_for_returns_in_time() -> None:
    """The result comes well before the limit."""
    assert await asyncio.wait_for(double(1), 5) == 2


async def test_wait_for_cancels_what_is_too_slow() -> None:
    """The task is cancelled and over when ``wait_for`` raises."""
    task = asyncio.create_task(asyncio.Event().wait())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(task, 0.01)
    assert task.cancelled()


async def test_what_is_shielded_is_awaited_later() -> None:
    """The shield keeps the task from the timeout, and the test awaits it in the end."""
    gate = asyncio.Event()
    task = asyncio.create_task(gate.wait())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await asyncio.shield(task)
    gate.set()
    assert await task


async def test_gather_returns_exceptions() -> None:
    """An exception among the results is no failure."""
    failing = asyncio.get_running_loop().create_future()
    failing.set_exception(ValueError("no"))
    results = await asyncio.gather(double(1), failing, return_exceptions=True)
    assert results[0] == 2
    assert isinstance(results[1], ValueError)


async def test_gather_raises_and_the_rest_is_awaited() -> None:
    """The tasks that ``gather`` leaves running are awaited by the test."""
    gate = asyncio.Event()
    rest = asyncio.create_task(gate.wait())
    failing = asyncio.get_running_loop().create_future()
    failing.set_exception(ValueError("no"))
    with pytest.raises(ValueError, match="no"):
        await asyncio.gather(failing, rest)
    gate.set()
    assert await rest


async def test_the_first_wins_and_the_rest_is_cancelled() -> None:
    """Whoever waits for the first task cancels and awaits the others."""
    slow = asyncio.create_task(asyncio.Event().wait())
    quick = asyncio.create_task(double(1))
    done, pending = await asyncio.wait(
        {slow, quick}, return_when=asyncio.FIRST_COMPLETED
    )
    for task in pending:
        task.cancel()
    await asyncio.wait(pending)
    assert done == {quick}


async def test_results_as_they_come() -> None:
    """``as_completed`` awaits all it was given."""
    results = [
        await earliest for earliest in asyncio.as_completed([double(1), double(2)])
    ]
    assert sorted(results) == [2, 4]


async def test_a_done_callback_sees_the_result() -> None:
    """The callback runs before the test is over."""
    results: asyncio.Queue[int] = asyncio.Queue()
    task = asyncio.create_task(double(1))
    task.add_done_callback(lambda done: results.put_nowait(done.result()))
    assert await results.get() == 2


async def test_a_timer_is_cancelled() -> None:
    """A callback that is due much later is taken back."""
    handle = asyncio.get_running_loop().call_later(60, pytest.fail)
    handle.cancel()
    assert handle.cancelled()


async def test_an_exception_is_retrieved_after_the_fact() -> None:
    """A failed task is asked for its exception instead of awaited."""
    task = asyncio.create_task(asyncio.wait_for(asyncio.Event().wait(), 0.01))
    await asyncio.wait({task})
    assert isinstance(task.exception(), TimeoutError)


async def test_fire_and_forget_is_drained() -> None:
    """The tasks are kept while they run, and awaited at the close."""
    background, done = Background(), asyncio.Event()
    background.start(double(1))
    background.start(done.wait())
    done.set()
    await background.close()


@pytest.fixture
async def background() -> AsyncIterator[Background]:
    """Drain the tasks after the test."""
    background = Background()
    yield background
    await background.close()


async def test_fire_and_forget_is_drained_by_the_fixture(
    background: Background,
) -> None:
    """The task still runs when the test returns, and the fixture awaits it."""
    background.start(asyncio.sleep(0.02))


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    """Run a worker around the test."""
    async with Worker() as worker:
        yield worker


async def test_a_worker_of_a_fixture(worker: Worker) -> None:
    """The worker runs on after the test, until its fixture ends it."""
    worker.queue.put_nowait(1)
    await worker.queue.join()
    assert worker.seen == [1]


@pytest.fixture
async def group() -> AsyncIterator[asyncio.TaskGroup]:
    """Await the test's tasks after the test."""
    async with asyncio.TaskGroup() as group:
        yield group


async def test_a_task_group_of_a_fixture(group: asyncio.TaskGroup) -> None:
    """The task still runs when the test returns, and the fixture's group awaits it."""
    group.create_task(asyncio.sleep(0.02))


@pytest.mark.skipif(sys.version_info < (3, 12), reason="new in Python 3.12")
async def test_eager_tasks() -> None:
    """Tasks start at once, and end before the test does."""
    loop = asyncio.get_running_loop()
    loop.set_task_factory(getattr(asyncio, "eager_task_factory"))  # noqa: B009
    assert sum(await asyncio.gather(double(1), double(2))) == 6


async def test_locks_and_barriers() -> None:
    """Three parties meet, one at a time."""
    lock, barrier, order = asyncio.Lock(), asyncio.Barrier(3), list[int]()

    async def party(number: int) -> None:
        await barrier.wait()
        async with lock:
            order.append(number)

    await asyncio.gather(*map(party, range(3)))
    assert sorted(order) == [0, 1, 2]


async def test_an_own_exception_handler() -> None:
    """A test that wants to see a lost exception takes it from the loop itself."""
    loop, lost = asyncio.get_running_loop(), asyncio.Queue[str]()
    previous = loop.get_exception_handler()
    loop.set_exception_handler(
        lambda _, context: lost.put_nowait(str(context["exception"]))
    )
    loop.call_soon(int, "no number")
    assert "no number" in await lost.get()
    loop.set_exception_handler(previous)
