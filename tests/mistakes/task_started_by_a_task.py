"""tasks: a task ends, and one that it started does not."""

import asyncio


async def start(event: asyncio.Event, started: list[asyncio.Task[bool]]) -> None:
    started.append(asyncio.create_task(event.wait()))  # HERE


async def test_mistake() -> None:
    started: list[asyncio.Task[bool]] = []
    await asyncio.create_task(start(asyncio.Event(), started))
    assert not started[0].done()


async def test_mended() -> None:
    event = asyncio.Event()
    started: list[asyncio.Task[bool]] = []
    await asyncio.create_task(start(event, started))
    event.set()
    assert await started[0]
