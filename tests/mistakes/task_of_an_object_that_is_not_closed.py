"""tasks: an object that the test makes starts a task, and is not closed."""

import asyncio
from typing import Self


class Worker:
    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.task = asyncio.create_task(self.event.wait())  # HERE

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self.event.set()
        await self.task


async def test_mistake() -> None:
    worker = Worker()
    assert not worker.task.done()


async def test_mended() -> None:
    async with Worker() as worker:
        assert not worker.task.done()
