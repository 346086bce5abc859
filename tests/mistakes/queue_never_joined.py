"""deadline: a worker takes what is in a queue, and does not say that it is done."""

import asyncio


async def test_mistake() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(1)
    assert await queue.get() == 1
    await queue.join()  # HERE


async def test_mended() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(1)
    assert await queue.get() == 1
    queue.task_done()
    await queue.join()
