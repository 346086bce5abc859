"""deadline: a task acquires a lock that it holds already."""

import asyncio


async def test_mistake() -> None:
    lock = asyncio.Lock()
    async with lock, lock:  # HERE
        assert lock.locked()


async def test_mended() -> None:
    lock = asyncio.Lock()
    async with lock:
        assert lock.locked()
    async with lock:
        assert lock.locked()
