"""blocking: the package sleeps, and the event loop with it."""

import asyncio
import time


async def mistaken() -> None:
    time.sleep(0.01)  # noqa: ASYNC251  # HERE


async def mended() -> None:
    await asyncio.sleep(0.01)


# tests
from my_project.time_sleep import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()
