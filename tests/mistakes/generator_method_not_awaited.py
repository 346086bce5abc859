"""coroutines: the package does not await the end of a generator."""

from collections.abc import AsyncGenerator


async def mistaken(numbers: AsyncGenerator[int]) -> None:
    numbers.aclose()  # HERE


async def mended(numbers: AsyncGenerator[int]) -> None:
    await numbers.aclose()


# tests
from collections.abc import AsyncGenerator

from my_project.generator_method_not_awaited import mended


async def numbers() -> AsyncGenerator[int]:
    yield 1


async def test_mended() -> None:
    await mended(numbers())
