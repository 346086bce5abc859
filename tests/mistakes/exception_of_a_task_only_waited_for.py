"""exceptions: `asyncio.wait` waits for a task that fails, but does not raise what it raised."""

import asyncio

import pytest


async def fail() -> None:
    await asyncio.sleep(0)
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    done, _ = await asyncio.wait([asyncio.create_task(fail())])
    assert len(done) == 1


async def test_mended() -> None:
    done, _ = await asyncio.wait([asyncio.create_task(fail())])
    with pytest.raises(ValueError, match="no"):
        done.pop().result()
