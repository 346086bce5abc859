"""exceptions: the clean-up of a generator that is left early raises, out of sight."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        raise ValueError("no")  # HERE


async def test_mistake() -> None:
    async for number in numbers():
        assert number == 1
        break


async def test_mended() -> None:
    with pytest.raises(ValueError, match="no"):
        async with aclosing(numbers()) as opened:
            assert await anext(opened) == 1
