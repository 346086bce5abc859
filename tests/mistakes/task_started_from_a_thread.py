"""tasks: a thread starts a task on the loop, and nobody waits for it."""

import asyncio
from concurrent.futures import Future


def start(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> Future[bool]:
    return asyncio.run_coroutine_threadsafe(event.wait(), loop)  # HERE


async def test_mistake() -> None:
    future = await asyncio.to_thread(start, asyncio.get_running_loop(), asyncio.Event())
    assert not future.done()


async def test_mended() -> None:
    event = asyncio.Event()
    future = await asyncio.to_thread(start, asyncio.get_running_loop(), event)
    event.set()
    assert await asyncio.wrap_future(future)
