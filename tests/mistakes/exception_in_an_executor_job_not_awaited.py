"""exceptions: a job in a worker thread fails, and its future is not awaited."""

import asyncio

import pytest


def work() -> None:
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, work)
    await asyncio.wait([future])


async def test_mended() -> None:
    loop = asyncio.get_running_loop()
    with pytest.raises(ValueError, match="no"):
        await loop.run_in_executor(None, work)
