"""coroutines: the package makes a timeout, and does not enter it."""

import asyncio


async def mistaken() -> None:
    asyncio.timeout(1)  # HERE
    await asyncio.sleep(0)


async def mended() -> None:
    async with asyncio.timeout(1):
        await asyncio.sleep(0)


# tests
from my_project.timeout_not_entered import mended


async def test_mended() -> None:
    await mended()
