"""deadline: a test awaits a job in a thread that never ends."""

import asyncio
import threading


async def test_mistake() -> None:
    event = threading.Event()
    await asyncio.to_thread(event.wait)  # HERE


async def test_mended() -> None:
    event = threading.Event()
    event.set()
    await asyncio.to_thread(event.wait)
