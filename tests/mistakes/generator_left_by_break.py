"""generators: a loop is left by `break`, and the generator's clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    async for number in numbers():  # HERE
        assert number == 1
        break


async def test_mended() -> None:
    async with aclosing(numbers()) as opened:
        async for number in opened:
            assert number == 1
            break
