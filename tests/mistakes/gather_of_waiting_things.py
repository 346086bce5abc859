"""deadline: a test gathers two waits that do not end."""

import asyncio


async def first(event: asyncio.Event) -> bool:
    return await event.wait()  # HERE


async def second(event: asyncio.Event) -> bool:
    return await event.wait()  # HERE


async def test_mistake() -> None:
    event = asyncio.Event()
    await asyncio.gather(first(event), second(event))


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await asyncio.gather(first(event), second(event))
