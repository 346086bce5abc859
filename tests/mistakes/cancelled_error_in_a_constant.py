"""cancellation: a constant of the module holds what is caught, a `CancelledError` too."""

import asyncio
import contextlib

NETWORK_ERRORS = (OSError, EOFError)
EXPECTED_ERRORS = (*NETWORK_ERRORS, asyncio.CancelledError)


async def mistaken(event: asyncio.Event) -> None:
    with contextlib.suppress(*EXPECTED_ERRORS):  # HERE
        await event.wait()
    try:
        await event.wait()
    except EXPECTED_ERRORS:  # HERE
        event.set()


async def mended(event: asyncio.Event) -> None:
    with contextlib.suppress(*NETWORK_ERRORS):
        await event.wait()
    try:
        await event.wait()
    except NETWORK_ERRORS:
        event.set()


# tests
import asyncio

from my_project.cancelled_error_in_a_constant import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)
