"""deadline: a task group waits for a task that does not end."""

import asyncio


async def child(event: asyncio.Event) -> None:
    await event.wait()  # HERE


async def test_mistake() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(child(asyncio.Event()))


async def test_mended() -> None:
    event = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(child(event))
        event.set()
