"""coroutines: an `if` takes the coroutine for the answer, and is always true."""

import asyncio


async def is_empty(queue: asyncio.Queue[int]) -> bool:
    await asyncio.sleep(0)
    return queue.empty()


async def test_mistake() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    if is_empty(queue):  # HERE
        queue.put_nowait(1)
    assert queue.qsize() == 1


async def test_mended() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    if await is_empty(queue):
        queue.put_nowait(1)
    assert queue.qsize() == 1
