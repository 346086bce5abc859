"""deadline: a task group waits for its consumers, and they wait for a queue."""

import asyncio


async def consume(queue: "asyncio.Queue[int | None]") -> None:
    while await queue.get() is not None:  # HERE
        pass


async def test_mistake() -> None:
    queue: asyncio.Queue[int | None] = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(consume(queue))
        await queue.put(1)


async def test_mended() -> None:
    queue: asyncio.Queue[int | None] = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(consume(queue))
        await queue.put(1)
        await queue.put(None)
