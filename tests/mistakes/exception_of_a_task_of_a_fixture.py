"""exceptions: a task that a fixture starts fails while the test runs."""

import asyncio
from collections.abc import AsyncIterator

import pytest


async def fail() -> None:
    raise ValueError("no")  # HERE


@pytest.fixture
async def mistaken() -> asyncio.Task[None]:
    return asyncio.create_task(fail())


@pytest.fixture
async def mended() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(fail())
    yield task
    with pytest.raises(ValueError, match="no"):
        await task


async def test_mistake(mistaken: asyncio.Task[None]) -> None:
    await asyncio.sleep(0)
    assert mistaken.done()


async def test_mended(mended: asyncio.Task[None]) -> None:
    await asyncio.sleep(0)
    assert mended.done()
