"""deadline: a test waits again each time its wait is cancelled."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    while not event.is_set():
        try:
            await event.wait()  # HERE
        except asyncio.CancelledError:
            continue


async def test_mended() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    while not event.is_set():
        await event.wait()
