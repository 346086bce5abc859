"""coroutines: `asyncio.wait` is not awaited, so the test does not wait."""

import asyncio


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    asyncio.wait([task])  # HERE
    await task


async def test_mended() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    done, _ = await asyncio.wait([task])
    assert done == {task}
