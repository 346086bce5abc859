"""exceptions: a task fails at its very start, where Python has eager tasks, and is kept."""

import asyncio

import pytest

KEPT: list[asyncio.Task[None]] = []


def be_eager() -> None:
    factory = getattr(asyncio, "eager_task_factory", None)
    asyncio.get_running_loop().set_task_factory(factory)


async def fail() -> None:
    raise ValueError("at once")  # HERE


async def test_mistake() -> None:
    be_eager()
    KEPT.append(asyncio.create_task(fail()))
    await asyncio.sleep(0)


async def test_mended() -> None:
    be_eager()
    KEPT.append(asyncio.create_task(fail()))
    with pytest.raises(ValueError, match="at once"):
        await KEPT[-1]
