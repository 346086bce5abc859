"""generators: an async context manager is entered by hand, and never left."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def opened() -> AsyncIterator[str]:
    try:
        yield "open"
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    assert await opened().__aenter__() == "open"  # HERE


async def test_mended() -> None:
    async with opened() as state:
        assert state == "open"
