"""cancellation: the package suppresses every exception, its cancellation too."""

import asyncio
import contextlib


async def mistaken(event: asyncio.Event) -> None:
    async with asyncio.Lock():
        with contextlib.suppress(BaseException):  # HERE
            await event.wait()


async def mended(event: asyncio.Event) -> None:
    async with asyncio.Lock():
        with contextlib.suppress(OSError):
            await event.wait()


# tests
import asyncio

import pytest
from my_project.base_exception_suppressed import mended


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await mended(asyncio.Event())
