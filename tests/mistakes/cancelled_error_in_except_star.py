"""cancellation: the package catches its cancellation with `except*`."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except* OSError:
        raise
    except* asyncio.CancelledError:  # HERE
        event.set()


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except* asyncio.CancelledError:
        event.set()
        raise


# tests
import asyncio

from my_project.cancelled_error_in_except_star import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)
