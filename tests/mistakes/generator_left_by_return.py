"""generators: a helper returns from the middle of its loop over a generator."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)


async def first() -> int | None:
    async for number in numbers():  # HERE
        return number
    return None


async def first_and_close() -> int | None:
    async with aclosing(numbers()) as opened:
        return await anext(opened, None)


async def test_mistake() -> None:
    assert await first() == 1


async def test_mended() -> None:
    assert await first_and_close() == 1
