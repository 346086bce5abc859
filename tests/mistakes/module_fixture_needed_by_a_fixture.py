"""loops: a fixture needs an async one that a module shares, on the loop of one test."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest.fixture(scope="module")  # HERE
async def opened_too_wide() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest.fixture(scope="module")
def mended(opened: asyncio.Queue[int]) -> int:
    return opened.qsize()


@pytest.fixture(scope="module")
def mistaken(opened_too_wide: asyncio.Queue[int]) -> int:
    return opened_too_wide.qsize()


def test_mended(mended: int) -> None:
    assert mended == 0


def test_mistake(mistaken: int) -> None:
    assert mistaken == 0
