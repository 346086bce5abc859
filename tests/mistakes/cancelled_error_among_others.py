"""cancellation: the package catches its cancellation together with other errors."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    while not event.is_set():
        try:
            await event.wait()
        except (ValueError, asyncio.CancelledError):  # HERE
            event.clear()


async def mended(event: asyncio.Event) -> None:
    while not event.is_set():
        try:
            await event.wait()
        except ValueError:
            event.clear()


# tests
import asyncio

from my_project.cancelled_error_among_others import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)
