"""cancellation: the package raises an error of its own where it is cancelled."""

import asyncio


class LoadError(Exception):
    pass


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except (OSError, asyncio.CancelledError) as error:  # HERE
        raise LoadError("cannot load") from error


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except OSError as error:
        raise LoadError("cannot load") from error


# tests
import asyncio

import pytest
from my_project.cancelled_error_turned_into_an_error import mended


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await mended(asyncio.Event())
