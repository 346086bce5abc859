"""Work in threads and processes: it is awaited, and what the test opened is closed."""

import asyncio
import multiprocessing
import queue
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from my_project.well_behaved import (
    Counter,
    Crunching,
    in_pool,
    in_threads_of_its_own,
    is_ticking,
)


def square(number: int) -> int:
    """Stand for work that blocks."""
    time.sleep(0.001)
    return number * number


def compute(seconds: float) -> None:
    """Compute for a while."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


async def test_to_thread() -> None:
    """The thread belongs to the loop, and the loop ends it."""
    assert await asyncio.to_thread(square, 3) == 9


async def test_many_threads_at_once() -> None:
    """All calls are awaited."""
    numbers = await asyncio.gather(*(asyncio.to_thread(square, n) for n in range(4)))
    assert numbers == [0, 1, 4, 9]


async def test_the_default_executor() -> None:
    """The executor of the loop needs no closing."""
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(None, square, 3) == 9


async def test_an_executor_of_its_own() -> None:
    """The executor is closed by the test that opened it."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as executor:
        assert await loop.run_in_executor(executor, square, 3) == 9


async def test_an_executor_that_is_closed_in_a_thread() -> None:
    """Closing waits for the threads, so it is done in another."""
    executor = ThreadPoolExecutor(1)
    future = asyncio.get_running_loop().run_in_executor(executor, square, 3)
    await asyncio.to_thread(executor.shutdown)
    assert await future == 9


async def test_a_default_executor_of_its_own() -> None:
    """The loop closes the executor that it was given."""
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1, thread_name_prefix="mine"))
    assert await asyncio.to_thread(square, 3) == 9


async def test_another_process() -> None:
    """The pool is closed, and its process has ended."""
    context = multiprocessing.get_context("spawn")
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        assert await loop.run_in_executor(executor, abs, -3) == 3


async def test_a_future_of_a_thread_is_wrapped() -> None:
    """``wrap_future`` awaits what another framework started."""
    with ThreadPoolExecutor(1) as executor:
        assert await asyncio.wrap_future(executor.submit(square, 3)) == 9


async def test_a_thread_that_is_joined() -> None:
    """The thread is told to end, and joined where that blocks nobody."""
    todo: queue.SimpleQueue[int | None] = queue.SimpleQueue()
    thread = threading.Thread(target=lambda: list(iter(todo.get, None)))
    thread.start()
    todo.put(1)
    todo.put(None)
    await asyncio.to_thread(thread.join)
    assert not thread.is_alive()


async def test_a_timer_thread_that_is_cancelled() -> None:
    """A timer that is cancelled ends at once."""
    timer = threading.Timer(60, pytest.fail)
    timer.start()
    timer.cancel()
    await asyncio.to_thread(timer.join)


async def test_a_timer_thread_that_fires() -> None:
    """The timer calls back into the loop, and has ended then, or is about to."""
    loop, fired = asyncio.get_running_loop(), asyncio.Event()
    threading.Timer(0.01, loop.call_soon_threadsafe, [fired.set]).start()
    await fired.wait()


async def test_computing_in_a_thread() -> None:
    """The loop goes on while a thread computes."""
    await asyncio.to_thread(compute, 0.7)


async def test_computing_with_pauses() -> None:
    """Others may run in between."""
    for _ in range(70):
        compute(0.01)
        await asyncio.sleep(0)


@pytest.fixture(scope="session")
def executor() -> Iterator[Executor]:
    """Share threads between all tests; the first of them starts when it is needed."""
    with ThreadPoolExecutor(2, thread_name_prefix="shared") as executor:
        yield executor


@pytest.mark.parametrize("number", range(3))
async def test_an_executor_for_the_session(executor: Executor, number: int) -> None:
    """The session's fixture closes the threads that a test has started."""
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(executor, square, number) == number**2


@pytest.fixture(scope="module")
def server_thread() -> Iterator[queue.SimpleQueue[str | None]]:
    """Run a thread for the tests of this module."""
    inbox: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    thread = threading.Thread(target=lambda: list(iter(inbox.get, None)))
    thread.start()
    yield inbox
    inbox.put(None)
    thread.join()


@pytest.mark.parametrize("text", ["a", "b"])
async def test_a_thread_for_the_module(
    server_thread: queue.SimpleQueue[str | None], text: str
) -> None:
    """The thread outlives this test, and its fixture ends it."""
    server_thread.put(text)
    await asyncio.sleep(0)


@pytest.mark.parametrize("number", range(2))
async def test_the_threads_of_the_process(number: int) -> None:
    """The package keeps its threads from their first use to the end of the process."""
    assert await in_pool(square, number) == number**2


@pytest.mark.parametrize("number", range(2))
async def test_the_daemon_of_the_process(number: int) -> None:
    """The package keeps its daemon from its first use to the end of the process."""
    assert await is_ticking(), number


async def test_threads_that_the_package_closes() -> None:
    """The package's object closes its threads."""
    async with Crunching() as crunching:
        assert await crunching.square(3) == 9


async def test_threads_that_end_with_a_call_of_the_package() -> None:
    """The threads have nothing to do when they are told to end."""
    assert await in_threads_of_its_own(square, 20) == sum(n * n for n in range(20))


async def test_a_lock_that_the_package_shares_with_its_threads() -> None:
    """Each holds the lock for a moment."""
    counter = Counter()
    await counter.add_everywhere(50)
    assert counter.count == 100


@pytest.fixture(scope="session")
def processes() -> Iterator[Executor]:
    """Share processes between all tests; the first of them starts when it is needed."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        yield executor


@pytest.mark.parametrize("number", range(2))
async def test_processes_for_the_session(processes: Executor, number: int) -> None:
    """The session's fixture closes the processes that a test has started."""
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(processes, abs, -number) == number


MODULES_OWN = ThreadPoolExecutor(1, thread_name_prefix="module")


@pytest.fixture(scope="module", autouse=True)
def modules_own() -> Iterator[None]:
    """Close the threads of the module after its last test."""
    yield
    MODULES_OWN.shutdown()


@pytest.mark.parametrize("number", range(2))
async def test_an_executor_of_the_module(number: int) -> None:
    """The module has made the executor while it was imported."""
    loop = asyncio.get_running_loop()
    assert await loop.run_in_executor(MODULES_OWN, square, number) == number**2
