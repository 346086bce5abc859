"""deadline: a test awaits a task that waits for an event that nobody sets."""

import asyncio


async def wait_for(event: asyncio.Event) -> None:
    await event.wait()  # HERE


async def test_mistake() -> None:
    task = asyncio.create_task(wait_for(asyncio.Event()))
    await task


async def test_mended() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(wait_for(event))
    event.set()
    await task
