"""deadline: two tasks hold a lock each, and wait for the other's."""

import asyncio


async def use(first: asyncio.Lock, second: asyncio.Lock) -> None:
    async with first:
        await asyncio.sleep(0)
        async with second:  # HERE
            pass


async def test_mistake() -> None:
    one, two = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(use(one, two), use(two, one))


async def test_mended() -> None:
    one, two = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(use(one, two), use(one, two))
