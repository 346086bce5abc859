"""generators: a test takes one value with `anext`, and the generator's clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    opened = numbers()
    assert await anext(opened) == 1  # HERE


async def test_mended() -> None:
    opened = numbers()
    assert await anext(opened) == 1
    await opened.aclose()
