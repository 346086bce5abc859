"""exceptions: a callback raises, and there is no caller to tell."""

import asyncio

import pytest


def callback(future: asyncio.Future[None]) -> None:
    raise ValueError("no")  # HERE


def careful(future: asyncio.Future[None]) -> None:
    future.set_exception(ValueError("no"))


async def test_mistake() -> None:
    loop = asyncio.get_running_loop()
    loop.call_soon(callback, loop.create_future())
    await asyncio.sleep(0)


async def test_mended() -> None:
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(careful, future)
    with pytest.raises(ValueError, match="no"):
        await future
