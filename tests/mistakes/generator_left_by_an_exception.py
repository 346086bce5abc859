"""generators: the body of a loop raises, and the generator's clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 0
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async for number in numbers():  # HERE
            assert 1 / number


async def test_mended() -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with aclosing(numbers()) as opened:
            async for number in opened:
                assert 1 / number
