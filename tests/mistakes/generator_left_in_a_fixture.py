"""generators: a fixture takes one value of a generator, and its clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import pytest


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await asyncio.sleep(0)


@pytest.fixture
async def mistaken() -> int:
    return await anext(numbers())  # HERE


@pytest.fixture
async def mended() -> AsyncIterator[int]:
    opened = numbers()
    yield await anext(opened)
    await opened.aclose()


async def test_mistake(mistaken: int) -> None:
    assert mistaken == 1


async def test_mended(mended: int) -> None:
    assert mended == 1
