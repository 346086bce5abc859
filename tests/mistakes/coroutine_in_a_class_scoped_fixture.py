"""coroutines: a fixture that a class of tests shares does not await its setup."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def mistaken() -> str:
    asyncio.sleep(0)  # HERE
    return "ready"


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def mended() -> str:
    await asyncio.sleep(0)
    return "ready"


class TestMistake:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mistake(self, mistaken: str) -> None:
        assert mistaken == "ready"


class TestMended:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mended(self, mended: str) -> None:
        assert mended == "ready"
