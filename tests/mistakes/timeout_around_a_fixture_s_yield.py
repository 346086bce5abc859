"""coroutines: a fixture has a timeout that is to last while the test runs, in another task."""

import asyncio
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def limited() -> AsyncIterator[int]:
    async with asyncio.timeout(1):  # HERE
        await asyncio.sleep(0)
        yield 1


@pytest.fixture
async def mended() -> int:
    async with asyncio.timeout(1):
        await asyncio.sleep(0)
    return 1


async def test_mended(mended: int) -> None:
    assert mended
