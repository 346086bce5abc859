"""cancellation: the package suppresses its cancellation under a name of its own."""

import asyncio
from contextlib import suppress

QUIETLY = suppress(asyncio.CancelledError)


async def mistaken(event: asyncio.Event) -> None:
    with QUIETLY:  # HERE
        await event.wait()


async def mended(event: asyncio.Event) -> None:
    task = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    task.cancel()
    with QUIETLY:
        await task


# tests
import asyncio

from my_project.cancelled_error_suppressed_by_a_constant import mended


async def test_mended() -> None:
    await mended(asyncio.Event())
