"""deadline: a test takes more from a queue than was put there."""

import asyncio


async def test_mistake() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(1)
    assert await queue.get() == 1
    assert await queue.get() == 2  # HERE


async def test_mended() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(1)
    await queue.put(2)
    assert await queue.get() == 1
    assert await queue.get() == 2
