"""cancellation: the package suppresses its cancellation."""

import asyncio
from contextlib import suppress


async def mistaken(event: asyncio.Event) -> None:
    with suppress(asyncio.CancelledError):  # HERE
        await event.wait()


async def mended(event: asyncio.Event) -> None:
    task = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


# tests
import asyncio

from my_project.cancelled_error_suppressed import mended


async def test_mended() -> None:
    await mended(asyncio.Event())
