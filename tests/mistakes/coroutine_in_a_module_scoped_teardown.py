"""coroutines: a fixture that a module shares does not await its teardown."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mended() -> AsyncIterator[str]:
    yield "ready"
    await asyncio.sleep(0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> AsyncIterator[str]:
    yield "ready"
    asyncio.sleep(0)  # HERE


@pytest.mark.asyncio(loop_scope="module")
async def test_mended(mended: str) -> None:
    assert mended == "ready"


@pytest.mark.asyncio(loop_scope="module")
async def test_mistake(mistaken: str) -> None:
    assert mistaken == "ready"
