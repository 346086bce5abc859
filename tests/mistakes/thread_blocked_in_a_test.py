"""deadline: a test blocks its thread, so the event loop does not come round."""

import asyncio
import threading


async def test_mistake() -> None:
    event = threading.Event()
    asyncio.get_running_loop().call_soon(event.set)
    event.wait()  # HERE


async def test_mended() -> None:
    event = threading.Event()
    asyncio.get_running_loop().call_soon(event.set)
    assert await asyncio.to_thread(event.wait)
