"""deadline: the package waits for an event that nobody sets."""

import asyncio


async def mistaken() -> None:
    ready = asyncio.Event()
    await ready.wait()  # HERE


async def mended() -> None:
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(ready.wait())
        ready.set()


# tests
from my_project.event_never_set_in_the_package import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()
