"""cancellation: the package logs every exception, its cancellation too, and goes on."""

import asyncio
import logging


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except ValueError:
        raise
    except BaseException:  # HERE
        logging.getLogger(__name__).exception("failed")


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except asyncio.CancelledError:
        raise
    except BaseException:
        logging.getLogger(__name__).exception("failed")


# tests
import asyncio

from my_project.base_exception_caught import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)
