"""coroutines: a helper of the tests has a cache keep its coroutine."""

import asyncio
import functools


@functools.lru_cache(maxsize=1)  # HERE
async def mistaken() -> int:
    await asyncio.sleep(0)
    return 1


@functools.lru_cache(maxsize=1)
def mended() -> list[int]:
    return [1]


async def test_mended() -> None:
    assert mended() is mended()
