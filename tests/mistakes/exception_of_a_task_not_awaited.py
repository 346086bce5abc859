"""exceptions: a task fails, and nobody asks for its result."""

import asyncio

import pytest


async def fail() -> None:
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    assert task.done()


async def test_mended() -> None:
    task = asyncio.create_task(fail())
    with pytest.raises(ValueError, match="no"):
        await task
