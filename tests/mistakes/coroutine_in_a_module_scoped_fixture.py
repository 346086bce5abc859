"""coroutines: a fixture that a module shares does not await its setup."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mended() -> str:
    await asyncio.sleep(0)
    return "ready"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> str:
    asyncio.sleep(0)  # HERE
    return "ready"


@pytest.mark.asyncio(loop_scope="module")
async def test_mended(mended: str) -> None:
    assert mended == "ready"


@pytest.mark.asyncio(loop_scope="module")
async def test_mistake(mistaken: str) -> None:
    assert mistaken == "ready"
