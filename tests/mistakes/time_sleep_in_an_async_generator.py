"""blocking: an async generator of the package sleeps between its values."""

import asyncio
import time
from collections.abc import AsyncGenerator


async def mistaken() -> AsyncGenerator[int, None]:
    for number in range(2):
        yield number
        time.sleep(0.01)  # noqa: ASYNC251  # HERE


async def mended() -> AsyncGenerator[int, None]:
    for number in range(2):
        yield number
        await asyncio.sleep(0.01)


# tests
from my_project.time_sleep_in_an_async_generator import mended, mistaken


async def test_mistake() -> None:
    assert [number async for number in mistaken()] == [0, 1]


async def test_mended() -> None:
    assert [number async for number in mended()] == [0, 1]
