"""deadline: a callback blocks the event loop for good."""

import asyncio
import threading


def wait(event: threading.Event) -> None:
    event.wait()  # HERE


async def test_mistake() -> None:
    asyncio.get_running_loop().call_soon(wait, threading.Event())
    await asyncio.sleep(0)


async def test_mended() -> None:
    event = threading.Event()
    event.set()
    asyncio.get_running_loop().call_soon(wait, event)
    await asyncio.sleep(0)
