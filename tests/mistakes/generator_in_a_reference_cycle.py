"""generators: a cycle of references holds a generator whose clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    opened: list[object] = []
    opened += [opened, generator := numbers()]
    assert await anext(generator) == 1  # HERE


async def test_mended() -> None:
    opened: list[object] = []
    opened += [opened, generator := numbers()]
    assert await anext(generator) == 1
    await generator.aclose()
