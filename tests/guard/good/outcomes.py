"""Tests that fail, skip or err on purpose: each gives what its name says, once, and no more.

Where a test fails, it unwinds and leaves behind what it had no time to close. That is no
second failure of the test, and none of the innocent test that comes next.
"""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import aiosqlite
import pytest
import pytest_asyncio
from my_project.well_behaved import Worker, fetch, with_async_goodbye


async def innocent() -> None:
    """Do a little of everything, and close it."""
    async with aiohttp.ClientSession(), Worker() as worker:
        worker.queue.put_nowait(await fetch(1))
        await worker.queue.join()


async def test_fails_and_leaves_a_task() -> None:
    """The task would have been awaited."""
    task = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    assert task.done(), "own message: task"
    await task


async def test_passes_after_a_task() -> None:
    """The next test is innocent."""
    await innocent()


async def test_fails_and_leaves_a_session() -> None:
    """The session would have been closed."""
    session = aiohttp.ClientSession()
    assert session.closed, "own message: session"
    await session.close()


async def test_passes_after_a_session() -> None:
    """The next test is innocent."""
    await innocent()


async def test_fails_and_leaves_a_coroutine() -> None:
    """The coroutine would have been awaited."""
    coroutine = fetch(1)
    assert asyncio.isfuture(coroutine), "own message: coroutine"
    await coroutine


async def test_passes_after_a_coroutine() -> None:
    """The next test is innocent."""
    await innocent()


async def test_fails_and_leaves_a_connection() -> None:
    """The connection would have been closed."""
    connection = await aiosqlite.connect(":memory:")
    assert connection.in_transaction, "own message: connection"
    await connection.close()


async def test_passes_after_a_connection() -> None:
    """The next test is innocent."""
    await innocent()


async def test_fails_and_leaves_a_generator() -> None:
    """The generator would have been closed."""
    generator = with_async_goodbye([])
    assert await anext(generator) == 1, "own message: generator"
    await generator.aclose()


async def test_passes_after_a_generator() -> None:
    """The next test is innocent."""
    await innocent()


async def test_fails_and_leaves_a_failed_task() -> None:
    """The task's exception would have been seen."""

    async def fail() -> None:
        raise ValueError("of the task")

    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    assert not task.done(), "own message: failed task"
    await task


async def test_passes_after_a_failed_task() -> None:
    """The next test is innocent."""
    await innocent()


async def test_fails_and_leaves_a_server() -> None:
    """The server and the client would have been closed."""
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1")
    port = server.sockets[0].getsockname()[1]
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    assert writer.is_closing(), "own message: server"
    writer.close()
    server.close()


async def test_passes_after_a_server() -> None:
    """The next test is innocent."""
    await innocent()


async def test_fails_with_an_error_of_its_own() -> None:
    """An error that is no assertion is reported as it is."""
    _session, _task = aiohttp.ClientSession(), asyncio.create_task(fetch(1))
    raise RuntimeError("own message: error")


async def test_passes_after_an_error() -> None:
    """The next test is innocent."""
    await innocent()


async def test_fails_in_a_task_group() -> None:
    """The group cancels its tasks and raises what failed."""

    async def fail() -> None:
        raise ValueError("own message: group")

    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.Event().wait())
        group.create_task(fail())


async def test_fails_by_a_timeout_of_its_own() -> None:
    """The test's own timeout is its failure."""
    task = asyncio.create_task(asyncio.Event().wait())
    async with asyncio.timeout(0.01):
        await asyncio.shield(task)


async def test_fails_by_a_cancellation() -> None:
    """A test that awaits what was cancelled fails."""
    task = asyncio.create_task(asyncio.Event().wait())
    task.cancel("own message: cancelled")
    await task


async def test_fails_by_pytest_fail() -> None:
    """The test says so itself, with a coroutine in its hand."""
    _coroutine = fetch(1)
    pytest.fail("own message: pytest.fail")


async def test_passes_after_pytest_fail() -> None:
    """The next test is innocent."""
    await innocent()


async def test_skips_in_the_middle() -> None:
    """What was opened is dropped with the test."""
    task = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    task.cancel()
    pytest.skip("not today")


async def test_passes_after_a_skip() -> None:
    """The next test is innocent."""
    await innocent()


@pytest.mark.skip(reason="never")
async def test_skips_by_a_mark() -> None:
    """Nothing runs."""
    await asyncio.Event().wait()


@pytest.mark.xfail(reason="known", strict=True)
async def test_xfails_by_an_assertion() -> None:
    """The failure is expected."""
    assert await fetch(1) == 2


@pytest.mark.xfail(reason="known", strict=True)
async def test_xfails_and_leaves_a_task() -> None:
    """The failure is expected, and so is what it leaves behind."""
    task = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    assert task.done()
    await task


@pytest.mark.xfail(reason="known", strict=True, raises=ValueError)
async def test_xfails_and_leaves_a_session() -> None:
    """The failure is expected, and so is what it leaves behind."""
    _session = aiohttp.ClientSession()
    raise ValueError("known")


async def test_xfails_by_hand() -> None:
    """The test finds out itself."""
    _coroutine = fetch(1)
    pytest.xfail("not yet")


async def test_passes_after_the_expected() -> None:
    """The next test is innocent."""
    await innocent()


@pytest.fixture
async def broken_setup() -> AsyncIterator[None]:
    """Fail before the test, and leave a session behind."""
    async with aiosqlite.connect(":memory:"):
        _session = aiohttp.ClientSession()
        assert _session.closed, "own message: setup"
        yield


@pytest.fixture
async def broken_teardown() -> AsyncIterator[None]:
    """Fail after the test, and leave a task behind."""
    yield
    task = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    assert task.done(), "own message: teardown"


@pytest.fixture
async def needy(broken_setup: None) -> int:
    """Need what fails."""
    return await fetch(1)


async def test_errs_in_the_setup(broken_setup: None) -> None:
    """The test does not run."""
    assert broken_setup is None


async def test_passes_after_a_broken_setup() -> None:
    """The next test is innocent."""
    await innocent()


async def test_errs_in_the_setup_of_another_fixture(needy: int) -> None:
    """The test does not run."""
    assert needy == 1


async def test_errs_in_the_teardown(broken_teardown: None) -> None:
    """The test itself passes."""
    assert broken_teardown is None


async def test_passes_after_a_broken_teardown() -> None:
    """The next test is innocent."""
    await innocent()


@pytest.fixture
async def tidy() -> AsyncIterator[Worker]:
    """Close what it opened, whatever the test does."""
    async with Worker() as worker:
        yield worker


async def test_fails_with_a_tidy_fixture(tidy: Worker) -> None:
    """The fixture still closes its worker."""
    tidy.queue.put_nowait(1)
    await tidy.queue.join()
    assert tidy.seen == [], "own message: tidy fixture"


async def test_passes_at_the_end() -> None:
    """The last test is innocent."""
    await innocent()


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def shared() -> int:
    """Serve more than one test."""
    return await fetch(1)


@pytest.mark.asyncio(loop_scope="class")
class TestSharedLoop:
    """The loop, and what a failed test left on it, lives on."""

    async def test_fails_on_a_shared_loop(self, shared: int) -> None:
        """The package's worker would have been ended."""
        worker = await Worker().__aenter__()
        asyncio.get_running_loop().call_later(60, print)
        assert shared == 2, "own message: shared loop"
        await worker.__aexit__()

    async def test_passes_on_a_shared_loop(self, shared: int) -> None:
        """The next test is innocent."""
        assert shared == 1
        await innocent()
