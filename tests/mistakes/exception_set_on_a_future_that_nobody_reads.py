"""exceptions: a future gets an exception, and nobody awaits the future."""

import asyncio

import pytest


async def test_mistake() -> None:  # HERE
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("no"))


async def test_mended() -> None:
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("no"))
    with pytest.raises(ValueError, match="no"):
        await future
