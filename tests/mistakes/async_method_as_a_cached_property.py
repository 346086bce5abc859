"""coroutines: the package keeps the coroutine of a method as a property."""

import asyncio
from functools import cached_property


class Mistaken:
    @cached_property  # HERE
    async def value(self) -> int:
        await asyncio.sleep(0)
        return 1


class Mended:
    @cached_property
    def value(self) -> asyncio.Future[int]:
        return asyncio.ensure_future(self._compute())

    async def _compute(self) -> int:
        await asyncio.sleep(0)
        return 1


# tests
from my_project.async_method_as_a_cached_property import Mended


async def test_mended() -> None:
    mended = Mended()
    assert await mended.value == await mended.value == 1
