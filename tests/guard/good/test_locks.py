"""Locks that others wait for too, and those of threads that are let go of in time."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def limited() -> AsyncIterator[int]:
    """Set up and tear down within a time each."""
    async with asyncio.timeout(1):
        await asyncio.sleep(0)
    yield 1
    async with asyncio.timeout(1):
        await asyncio.sleep(0)


async def test_a_fixture_has_a_time_for_each_half(limited: int) -> None:
    """The timeouts end before the test begins, and begin after it."""
    assert limited


@pytest.fixture
async def put_off() -> AsyncIterator[int]:
    """Limit the set-up, and not the test."""
    async with asyncio.timeout(1) as limit:
        await asyncio.sleep(0)
        limit.reschedule(None)
        yield 1


async def test_a_timeout_that_is_put_off(put_off: int) -> None:
    """It is no timeout any more."""
    assert put_off


async def test_a_semaphore_that_nobody_releases() -> None:
    """It has no permit to give."""

    async def enter() -> None:
        semaphore = asyncio.Semaphore(0)
        async with semaphore:
            pass

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(enter(), 0.01)


async def test_a_lock_of_two_tasks() -> None:
    """Both find it, since it is made outside of them."""
    lock, order = asyncio.Lock(), list[int]()
    semaphore = asyncio.Semaphore(1)

    async def work(number: int) -> None:
        async with lock, semaphore:
            await asyncio.sleep(0)
            order.append(number)

    await asyncio.gather(work(1), work(2))
    assert order == [1, 2]


async def test_a_lock_that_is_given_away() -> None:
    """Whoever has it may wait for it."""
    lock = asyncio.Lock()
    waiting = asyncio.create_task(lock.acquire())
    await waiting
    lock.release()
    async with lock:
        assert lock.locked()


async def test_a_condition_is_notified() -> None:
    """A task waits for another one."""
    condition, ready = asyncio.Condition(), False

    async def wait() -> bool:
        async with condition:
            return await condition.wait_for(lambda: ready)

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    async with condition:
        ready = True
        condition.notify_all()
    assert await waiting


async def test_a_lock_that_others_find() -> None:
    """It is kept where it is made."""
    locks: dict[str, asyncio.Lock] = {}

    async def hold(key: str) -> bool:
        lock = locks[key] = asyncio.Lock()
        async with lock:
            return locks[key].locked()

    assert await hold("a")


async def test_a_lock_that_depends() -> None:
    """One is made where none is given."""

    async def work(lock: asyncio.Lock | None = None) -> bool:
        async with lock or asyncio.Lock():
            await asyncio.sleep(0)
            return True

    assert await work()


async def test_a_lock_of_threads_is_let_go_of() -> None:
    """It is held for as long as nothing is awaited, and by a thread for longer."""
    lock, values = threading.Lock(), list[int]()

    def add(value: int) -> None:
        with lock:
            values.append(value)

    with lock:
        values.append(0)
    await asyncio.gather(*(asyncio.to_thread(add, number) for number in (1, 2)))
    with lock:
        assert sorted(values) == [0, 1, 2]
