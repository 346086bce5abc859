"""cancellation: the package catches its cancellation by the name it gave it."""

import asyncio as aio
import contextlib as managers
from asyncio import CancelledError as Cancelled


async def mistaken(event: aio.Event) -> None:
    try:
        await event.wait()
    except Cancelled:  # HERE
        event.set()
    with managers.suppress(Cancelled):  # HERE
        await event.wait()


async def mended(event: aio.Event) -> None:
    try:
        await event.wait()
    except Cancelled as error:
        event.set()
        raise Cancelled("set") from error


# tests
import asyncio

from my_project.cancelled_error_under_another_name import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)
