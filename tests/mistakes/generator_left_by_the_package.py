"""generators: the package leaves a loop early, and the generator's clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing


async def pages() -> AsyncGenerator[str, None]:
    try:
        yield "one"
        yield "two"
    finally:
        await asyncio.sleep(0)


async def mistaken(wanted: str) -> bool:
    async for page in pages():  # HERE
        if page == wanted:
            return True
    return False


async def mended(wanted: str) -> bool:
    async with aclosing(pages()) as opened:
        async for page in opened:
            if page == wanted:
                return True
    return False


# tests
from my_project.generator_left_by_the_package import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken("one")


async def test_mended() -> None:
    assert await mended("one")
