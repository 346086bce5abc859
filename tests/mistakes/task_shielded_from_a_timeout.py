"""tasks: the timeout ends the wait, but not the task that it was shielded from."""

import asyncio

import pytest


async def test_mistake() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await asyncio.shield(asyncio.sleep(60))  # HERE


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await asyncio.sleep(60)
