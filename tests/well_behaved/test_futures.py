"""Futures of pools and of other threads' coroutines, of which somebody asks the result."""

import asyncio
import concurrent.futures
import threading
from concurrent.futures import Future, ThreadPoolExecutor

import pytest


async def fail() -> None:
    """Fail after a while."""
    await asyncio.sleep(0)
    raise ValueError("seen")


async def test_a_thread_asks_for_the_result() -> None:
    """The exception goes on in the thread, and from there to the test."""
    loop = asyncio.get_running_loop()

    def ask() -> None:
        asyncio.run_coroutine_threadsafe(fail(), loop).result(1)

    with pytest.raises(ValueError, match="seen"):
        await asyncio.to_thread(ask)


async def test_a_thread_cancels() -> None:
    """What is cancelled has no exception to lose."""
    loop, cancelled = asyncio.get_running_loop(), asyncio.Event()

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    def cancel() -> bool:
        begun = threading.Event()
        future = asyncio.run_coroutine_threadsafe(wait(), loop)
        loop.call_soon_threadsafe(loop.call_soon, begun.set)
        begun.wait(1)
        return future.cancel()

    assert await asyncio.to_thread(cancel)
    await cancelled.wait()


async def test_a_callback_asks() -> None:
    """Whoever is called back is told."""
    seen: list[BaseException | None] = []

    def note(future: "Future[int]") -> None:
        seen.append(future.exception())

    with ThreadPoolExecutor() as pool:
        pool.submit(int, "many").add_done_callback(note)
    assert isinstance(seen[0], ValueError)


async def test_the_first_of_many() -> None:
    """All are asked, in whatever order they end."""
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(int, text) for text in ("1", "many")]
        done = concurrent.futures.as_completed(jobs)
        assert [job for job in done if job.exception()] == [jobs[1]]


async def test_the_loop_asks() -> None:
    """``run_in_executor`` and ``wrap_future`` hand the exception on."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as pool:
        with pytest.raises(ValueError, match="many"):
            await loop.run_in_executor(pool, int, "many")
        with pytest.raises(ValueError, match="many"):
            await asyncio.wrap_future(pool.submit(int, "many"))
        with pytest.raises(ValueError, match="many"):
            list(pool.map(int, ["1", "many"]))
