"""coroutines: the package has a cache keep the coroutine of a function, which no second caller may await."""

import asyncio
from functools import cache

LENGTHS: dict[str, int] = {}


@cache  # HERE
async def mistaken(name: str) -> int:
    await asyncio.sleep(0)
    return len(name)


async def mended(name: str) -> int:
    if name not in LENGTHS:
        await asyncio.sleep(0)
        LENGTHS[name] = len(name)
    return LENGTHS[name]


# tests
from my_project.async_function_in_a_cache import mended


async def test_mended() -> None:
    assert await mended("one") == await mended("one") == 3
