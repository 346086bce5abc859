"""exceptions: a callback raises when its time comes."""

import asyncio
from collections.abc import Callable


def later(called: asyncio.Event, callback: Callable[[], object]) -> None:
    called.set()
    callback()


async def test_mistake() -> None:
    called = asyncio.Event()
    numbers: list[int] = []
    asyncio.get_running_loop().call_later(0, later, called, lambda: numbers[0])  # HERE
    await called.wait()


async def test_mended() -> None:
    called = asyncio.Event()
    numbers: list[int] = [1]
    asyncio.get_running_loop().call_later(0, later, called, lambda: numbers[0])
    await called.wait()
