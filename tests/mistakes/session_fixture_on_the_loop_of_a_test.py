"""loops: an async fixture of the whole session runs on the loop of one test."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mended() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest_asyncio.fixture(scope="session")  # HERE
async def mistaken() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest.mark.asyncio(loop_scope="session")
async def test_mended(mended: asyncio.Queue[int]) -> None:
    assert mended.empty()


async def test_mistake(mistaken: asyncio.Queue[int]) -> None:
    assert mistaken.empty()
