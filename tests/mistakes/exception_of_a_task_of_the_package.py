"""exceptions: a task that the package starts fails, and the package does not look."""

import asyncio


async def fail() -> None:
    raise ValueError("no")  # HERE


async def mistaken() -> None:
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    assert task.done()


async def mended() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(fail())


# tests
import pytest
from my_project.exception_of_a_task_of_the_package import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    with pytest.raises(ExceptionGroup):
        await mended()
