"""coroutines: a task calls an async function when it is done, and drops its coroutine."""

import asyncio


async def report(task: asyncio.Task[None]) -> None:  # HERE
    assert task.done()


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    task.add_done_callback(report)
    await task


async def test_mended() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    await task
    await report(task)
