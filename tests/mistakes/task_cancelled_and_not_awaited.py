"""tasks: a task is cancelled, but its clean-up is not waited for."""

import asyncio


async def work(event: asyncio.Event) -> None:
    try:
        await asyncio.sleep(60)
    finally:
        await event.wait()


async def test_mistake() -> None:
    task = asyncio.create_task(work(asyncio.Event()))  # HERE
    await asyncio.sleep(0)
    task.cancel()


async def test_mended() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(work(event))
    await asyncio.sleep(0)
    task.cancel()
    event.set()
    await asyncio.wait([task])
