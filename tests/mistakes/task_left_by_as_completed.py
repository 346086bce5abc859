"""tasks: the loop over `as_completed` is left at the first result, and the rest runs on."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    waits = [asyncio.sleep(0, "slept"), event.wait()]  # HERE
    for first in asyncio.as_completed(waits):
        assert await first == "slept"
        break


async def test_mended() -> None:
    event = asyncio.Event()
    waits = [asyncio.sleep(0, "slept"), event.wait()]
    for following in asyncio.as_completed(waits):
        await following
        event.set()
