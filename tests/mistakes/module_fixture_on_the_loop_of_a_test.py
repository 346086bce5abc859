"""loops: an async fixture that a module shares runs on the loop of one test."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mended() -> AsyncIterator[asyncio.Queue[int]]:
    yield asyncio.Queue()
    await asyncio.sleep(0)


@pytest.fixture(scope="module")  # HERE
async def mistaken() -> AsyncIterator[asyncio.Queue[int]]:
    yield asyncio.Queue()
    await asyncio.sleep(0)


@pytest.mark.asyncio(loop_scope="module")
async def test_mended(mended: asyncio.Queue[int]) -> None:
    assert mended.empty()


async def test_mistake(mistaken: asyncio.Queue[int]) -> None:
    assert mistaken.empty()
