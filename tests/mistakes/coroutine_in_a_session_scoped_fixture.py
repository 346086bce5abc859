"""coroutines: a fixture of the whole session does not await its setup."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mended() -> str:
    await asyncio.sleep(0)
    return "ready"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mistaken() -> str:
    asyncio.sleep(0)  # HERE
    return "ready"


@pytest.mark.asyncio(loop_scope="session")
async def test_mended(mended: str) -> None:
    assert mended == "ready"


@pytest.mark.asyncio(loop_scope="session")
async def test_mistake(mistaken: str) -> None:
    assert mistaken == "ready"
