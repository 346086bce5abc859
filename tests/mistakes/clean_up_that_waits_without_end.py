"""deadline: the clean-up of what is cancelled waits for what never comes."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    try:
        await event.wait()  # HERE
    finally:
        await event.wait()


async def test_mended() -> None:
    event = asyncio.Event()
    try:
        asyncio.get_running_loop().call_soon(event.set)
        await event.wait()
    finally:
        await event.wait()
