"""Futures of pools and of other threads' coroutines, of which somebody asks the result."""

import asyncio
import concurrent.futures
import os
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


def fail_all() -> None:
    """Have several jobs fail: the exception of the first goes on, and nothing asks the others."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(int, ["many", "few", "none"]))


def test_more_than_one_fails() -> None:
    """Nor does a later test hear of them."""
    with pytest.raises(ValueError, match="many"):
        fail_all()


async def test_more_than_one_fails_in_a_thread() -> None:
    """What is collected now is no mistake of this test's."""
    with pytest.raises(ValueError, match="many"):
        await asyncio.to_thread(fail_all)


async def wait_for_all(jobs: list["Future[int]"]) -> None:
    """Await one after the other."""
    for job in jobs:
        await asyncio.wrap_future(job)


async def test_more_than_one_is_waited_for() -> None:
    """One is awaited, or asked, after the other."""
    with ThreadPoolExecutor() as pool:
        first, second = pool.submit(int, "many"), pool.submit(int, "few")
        with pytest.raises(ValueError, match="many"):
            assert first.result() + second.result()
        with pytest.raises(ValueError, match="many"):
            await wait_for_all([pool.submit(int, "many") for _ in range(3)])


def run_all(texts: list[str], stopped: bool) -> list[int]:
    """Ask for all results, unless something else is in the way."""
    with ThreadPoolExecutor() as pool:
        jobs = [pool.submit(int, text) for text in texts]
        if stopped:
            raise InterruptedError
        return [job.result() for job in jobs]


async def test_another_exception_is_raised_first() -> None:
    """It goes on, and that of the jobs does not."""
    with pytest.raises(InterruptedError):
        run_all(["many", "few"], stopped=True)


def die() -> None:
    """End the process that runs this."""
    os._exit(1)


async def test_a_pool_that_broke() -> None:
    """All its futures have the exception, and one is enough to hear of it."""
    with concurrent.futures.ProcessPoolExecutor(1) as pool:
        jobs = [pool.submit(die) for _ in range(2)]
        with pytest.raises(concurrent.futures.BrokenExecutor):
            await asyncio.wrap_future(jobs[0])


async def test_an_exception_for_others_too() -> None:
    """Who makes a future for others that may wait raises the exception as well."""

    def number(text: str, told: "Future[int]") -> int:
        try:
            return int(text)
        except ValueError as error:
            told.set_exception(error)
            raise

    with pytest.raises(ValueError, match="many"):
        number("many", Future())
