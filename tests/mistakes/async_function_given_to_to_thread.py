"""coroutines: `to_thread` returns the coroutine of an async function, and it is not awaited."""

import asyncio


async def load() -> dict[str, int]:  # HERE
    return {"id": 1}


async def test_mistake() -> None:
    assert await asyncio.to_thread(load)


async def test_mended() -> None:
    assert await load()
