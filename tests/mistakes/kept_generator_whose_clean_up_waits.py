"""deadline: something keeps a generator whose clean-up waits, and the loop closes it at its end."""

import asyncio
from collections.abc import AsyncGenerator

KEPT: list[AsyncGenerator[int, None]] = []


async def numbers(event: asyncio.Event) -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await event.wait()  # HERE


async def test_mistake() -> None:
    KEPT.append(numbers(asyncio.Event()))
    assert await anext(KEPT[-1]) == 1


async def test_mended() -> None:
    event = asyncio.Event()
    KEPT.append(numbers(event))
    assert await anext(KEPT[-1]) == 1
    event.set()
