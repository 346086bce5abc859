"""exceptions: a task fails, and a list that outlives the test keeps it."""

import asyncio

import pytest

KEPT: list[asyncio.Task[None]] = []


async def fail() -> None:
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    KEPT.append(asyncio.create_task(fail()))
    await asyncio.sleep(0)
    assert KEPT[-1].done()


async def test_mended() -> None:
    KEPT.append(asyncio.create_task(fail()))
    with pytest.raises(ValueError, match="no"):
        await KEPT[-1]
