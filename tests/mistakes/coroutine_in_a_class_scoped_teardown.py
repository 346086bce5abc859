"""coroutines: a fixture that a class of tests shares does not await its teardown."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def mistaken() -> AsyncIterator[str]:
    yield "ready"
    asyncio.sleep(0)  # HERE


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def mended() -> AsyncIterator[str]:
    yield "ready"
    await asyncio.sleep(0)


class TestMistake:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mistake(self, mistaken: str) -> None:
        assert mistaken == "ready"


class TestMended:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mended(self, mended: str) -> None:
        assert mended == "ready"
