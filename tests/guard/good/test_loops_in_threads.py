"""A loop in another thread, and calls from loop to loop."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from my_project.well_behaved import Worker, fetch


@contextmanager
def loop_in_thread() -> Iterator[asyncio.AbstractEventLoop]:
    """Run a loop in a thread; stop it, join the thread, and close the loop."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def other() -> Iterator[asyncio.AbstractEventLoop]:
    """Run another loop around a test."""
    with loop_in_thread() as loop:
        yield loop


@pytest.fixture(scope="module")
def lasting() -> Iterator[asyncio.AbstractEventLoop]:
    """Run another loop around all tests of the module."""
    with loop_in_thread() as loop:
        yield loop


async def work() -> int:
    """Run and end a worker."""
    async with Worker() as worker:
        worker.queue.put_nowait(1)
        await worker.queue.join()
    return len(worker.seen)


async def test_a_loop_of_the_test() -> None:
    """The test closes the loop that it runs."""
    with loop_in_thread() as loop:
        future = asyncio.run_coroutine_threadsafe(fetch(1), loop)
        assert await asyncio.wrap_future(future) == 1


async def test_a_loop_of_a_fixture(other: asyncio.AbstractEventLoop) -> None:
    """The result is awaited, and the fixture closes the loop."""
    future = asyncio.run_coroutine_threadsafe(work(), other)
    assert await asyncio.wrap_future(future) == 1


@pytest.mark.parametrize("number", range(2))
async def test_a_loop_of_the_module(
    lasting: asyncio.AbstractEventLoop, number: int
) -> None:
    """The loop lives on."""
    future = asyncio.run_coroutine_threadsafe(fetch(number), lasting)
    assert await asyncio.wrap_future(future) == number


async def test_a_thread_calls_back() -> None:
    """A thread runs a coroutine on the test's loop, and waits for it."""
    loop = asyncio.get_running_loop()

    def call() -> int:
        return asyncio.run_coroutine_threadsafe(fetch(2), loop).result(5)

    assert await asyncio.to_thread(call) == 2


async def test_a_run_in_a_thread() -> None:
    """A library that has only a sync face runs its own loop in a thread."""
    assert await asyncio.to_thread(lambda: asyncio.run(work())) == 1


async def test_a_task_that_is_cancelled_from_a_thread(
    other: asyncio.AbstractEventLoop,
) -> None:
    """The cancellation reaches the other loop, and is awaited there."""
    ended = threading.Event()

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    future = asyncio.run_coroutine_threadsafe(wait(), other)
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(fetch(1), other))
    future.cancel()
    assert await asyncio.to_thread(ended.wait, 5)
