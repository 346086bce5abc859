"""coroutines: a helper of the tests asks a generator for a value, and does not await it."""

from collections.abc import AsyncGenerator


async def numbers() -> AsyncGenerator[int]:
    yield 1


async def pass_over(values: AsyncGenerator[int]) -> None:
    anext(values)  # HERE


async def test_mended() -> None:
    values = numbers()
    await anext(values)
    await values.aclose()
