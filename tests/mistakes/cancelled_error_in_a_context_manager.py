"""cancellation: a context manager swallows the cancellation of the block that it is for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def mistaken(event: asyncio.Event) -> AsyncIterator[None]:
    try:
        yield
    except asyncio.CancelledError:  # HERE
        event.set()


@asynccontextmanager
async def mended(event: asyncio.Event) -> AsyncIterator[None]:
    try:
        yield
    finally:
        event.set()


# tests
import asyncio

import pytest
from my_project.cancelled_error_in_a_context_manager import mended


async def test_mended() -> None:
    event = asyncio.Event()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), mended(event):
            await asyncio.Event().wait()
    assert event.is_set()
