"""blocking: a callback of the package sleeps, and the event loop with it."""

import asyncio
import time


async def mistaken() -> None:
    loop = asyncio.get_running_loop()
    called = asyncio.Event()
    loop.call_soon(lambda: (time.sleep(0.01), called.set()))  # HERE
    await called.wait()


async def mended() -> None:
    loop = asyncio.get_running_loop()
    called = asyncio.Event()
    loop.call_later(0.01, called.set)
    await called.wait()


# tests
from my_project.time_sleep_in_a_callback import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()
