"""cancellation: the package catches everything, its cancellation too."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except:  # noqa: E722  # HERE
        event.set()


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except ValueError:
        event.set()


# tests
import asyncio

from my_project.bare_except import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)
