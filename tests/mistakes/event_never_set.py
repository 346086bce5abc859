"""deadline: a test waits for an event that nobody sets."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    await event.wait()  # HERE


async def test_mended() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    await event.wait()
