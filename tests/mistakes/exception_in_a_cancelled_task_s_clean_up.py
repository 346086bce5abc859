"""exceptions: the clean-up of a cancelled task fails, and `wait` does not tell."""

import asyncio

import pytest


async def work() -> None:
    try:
        await asyncio.sleep(60)
    finally:
        raise ValueError("no")  # HERE


async def test_mistake() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])


async def test_mended() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(ValueError, match="no"):
        await task
