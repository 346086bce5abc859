"""tasks: a test leaves a task running."""

import asyncio

import pytest


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(60))  # HERE
    await asyncio.sleep(0)
    assert not task.done()


async def test_mended() -> None:
    task = asyncio.create_task(asyncio.sleep(60))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
