"""exceptions: a sync test runs a loop of its own, where a task fails that nobody awaits."""

import asyncio


async def failing() -> None:
    raise LookupError("lost")  # HERE


async def mistaken() -> None:
    asyncio.create_task(failing())  # noqa: RUF006
    await asyncio.sleep(0)


async def mended() -> None:
    try:
        await asyncio.create_task(failing())
    except LookupError:
        return


# tests
import asyncio

from my_project.exception_of_a_task_in_asyncio_run import mended, mistaken


def test_mistake() -> None:
    asyncio.run(mistaken())


def test_mended() -> None:
    asyncio.run(mended())
