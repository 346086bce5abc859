"""deadline: a task waits for a condition, and nobody notifies it."""

import asyncio


async def notify(condition: asyncio.Condition) -> None:
    async with condition:
        condition.notify_all()


async def test_mistake() -> None:
    condition = asyncio.Condition()
    async with condition:
        await condition.wait()  # HERE


async def test_mended() -> None:
    condition = asyncio.Condition()
    async with condition:
        task = asyncio.create_task(notify(condition))
        await condition.wait()
    await task
