"""cancellation: the package catches its cancellation and goes on."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:  # noqa: SIM105
        await event.wait()
    except asyncio.CancelledError:  # HERE
        pass


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except asyncio.CancelledError:
        event.set()
        raise


# tests
import asyncio

import pytest
from my_project.cancelled_error_passed_over import mended


async def test_mended() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(mended(event))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
