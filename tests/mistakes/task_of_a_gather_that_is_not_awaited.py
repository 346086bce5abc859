"""tasks: `gather` starts its tasks at once, and is not awaited."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    asyncio.gather(event.wait(), event.wait())  # HERE
    await asyncio.sleep(0)


async def test_mended() -> None:
    event = asyncio.Event()
    waiting = asyncio.gather(event.wait(), event.wait())
    event.set()
    assert await waiting == [True, True]
