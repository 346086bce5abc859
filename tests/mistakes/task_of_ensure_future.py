"""tasks: `ensure_future` starts a task, and nobody waits for it."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    future = asyncio.ensure_future(event.wait())  # HERE
    assert not future.done()


async def test_mended() -> None:
    event = asyncio.Event()
    future = asyncio.ensure_future(event.wait())
    event.set()
    assert await future
