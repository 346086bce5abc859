"""exceptions: what a task calls when it is done raises."""

import asyncio


def report(task: asyncio.Task[int]) -> None:
    print(task.get_name() + task.result())  # type: ignore[operator]  # HERE


def reported(task: asyncio.Task[int]) -> None:
    print(task.get_name() + str(task.result()))


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(0, 1))
    task.add_done_callback(report)
    await task


async def test_mended() -> None:
    task = asyncio.create_task(asyncio.sleep(0, 1))
    task.add_done_callback(reported)
    await task
