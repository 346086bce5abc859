"""generators: a test leaves a loop over what the package yields, and its clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator


async def mistaken() -> AsyncGenerator[str, None]:
    try:
        yield "one"
        yield "two"
    finally:
        await asyncio.sleep(0)


mended = mistaken


# tests
from contextlib import aclosing

from my_project.generator_of_the_package_left_by_a_test import mended, mistaken


async def test_mistake() -> None:
    async for page in mistaken():  # HERE
        assert page == "one"
        break


async def test_mended() -> None:
    async with aclosing(mended()) as pages:
        assert await anext(pages) == "one"
