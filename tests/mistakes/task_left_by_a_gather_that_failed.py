"""tasks: a call of `gather` fails, and its other tasks run on."""

import asyncio

import pytest


async def fail() -> None:
    raise ValueError("no")


async def test_mistake() -> None:
    with pytest.raises(ValueError, match="no"):
        await asyncio.gather(fail(), asyncio.sleep(60))  # HERE


async def test_mended() -> None:
    with pytest.raises(ExceptionGroup):  # noqa: PT012
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(asyncio.sleep(60))
