"""tasks: a set that outlives the test keeps its task."""

import asyncio

BACKGROUND: set[asyncio.Task[None]] = set()


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(60))  # HERE
    BACKGROUND.add(task)
    task.add_done_callback(BACKGROUND.discard)


async def test_mended() -> None:
    task = asyncio.create_task(asyncio.sleep(60))
    BACKGROUND.add(task)
    task.add_done_callback(BACKGROUND.discard)
    task.cancel()
    await asyncio.wait([task])
