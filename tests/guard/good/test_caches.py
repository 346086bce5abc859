"""Caches that keep what can be awaited more than once."""

import asyncio
import functools
from collections.abc import Awaitable, Callable, Coroutine
from functools import cached_property, wraps
from typing import Any

Function = Callable[[int], Coroutine[Any, Any, int]]


def as_task(function: Function) -> Callable[[int], Awaitable[int]]:
    """Have a function start a task."""

    @wraps(function)
    def start(number: int) -> asyncio.Task[int]:
        return asyncio.create_task(function(number))

    return start


def cache(function: Function) -> Function:
    """Keep results, under the name of what would keep coroutines."""
    results: dict[int, int] = {}

    @wraps(function)
    async def remembered(number: int) -> int:
        if number not in results:
            results[number] = await function(number)
        return results[number]

    return remembered


@functools.cache
@as_task
async def doubled(number: int) -> int:
    """Be cached as a task."""
    await asyncio.sleep(0)
    return number * 2


@cache
async def tripled(number: int) -> int:
    """Be cached by what is made for it."""
    await asyncio.sleep(0)
    return number * 3


class Square:
    """Has a property that is a task."""

    def __init__(self, side: int) -> None:
        self.side = side

    @cached_property
    def area(self) -> asyncio.Task[int]:
        """Compute it once."""
        return asyncio.create_task(self._area())

    async def _area(self) -> int:
        await asyncio.sleep(0)
        return self.side**2


async def test_a_cached_task() -> None:
    """It may be awaited by many."""
    assert await doubled(1) == await doubled(1) == 2


async def test_a_cache_for_async_functions() -> None:
    """It keeps results."""
    assert await tripled(1) == await tripled(1) == 3


async def test_a_property_that_is_a_task() -> None:
    """It may be awaited by many."""
    square = Square(2)
    assert await square.area == await square.area == 4
