"""tasks: `asyncio.wait` returns at the first task that is done, and the rest runs on."""

import asyncio


async def test_mistake() -> None:
    soon = asyncio.create_task(asyncio.sleep(0))
    late = asyncio.create_task(asyncio.sleep(60))  # HERE
    await asyncio.wait([soon, late], return_when=asyncio.FIRST_COMPLETED)


async def test_mended() -> None:
    soon = asyncio.create_task(asyncio.sleep(0))
    late = asyncio.create_task(asyncio.sleep(60))
    await asyncio.wait([soon, late], return_when=asyncio.FIRST_COMPLETED)
    late.cancel()
    await asyncio.wait([late])
