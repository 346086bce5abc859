"""cancellation: the package returns a value where it is cancelled."""

from asyncio import CancelledError, Event


async def mistaken(event: Event) -> bool:
    try:
        return await event.wait()
    except CancelledError:  # HERE
        return False


async def mended(event: Event) -> bool:
    return await event.wait()


# tests
import asyncio

import pytest
from my_project.cancelled_error_turned_into_a_result import mended


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await mended(asyncio.Event())
