"""deadline: a test loops over a generator that waits for what never comes."""

import asyncio
from collections.abc import AsyncGenerator


async def numbers(more: asyncio.Event) -> AsyncGenerator[int, None]:
    yield 1
    await more.wait()  # HERE
    yield 2


async def test_mistake() -> None:
    assert [number async for number in numbers(asyncio.Event())] == [1, 2]


async def test_mended() -> None:
    more = asyncio.Event()
    more.set()
    assert [number async for number in numbers(more)] == [1, 2]
