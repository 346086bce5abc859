"""loops: a test sets an event from a thread, of which the loop hears by chance."""

import asyncio


async def test_mistake() -> None:  # HERE
    event = asyncio.Event()
    waiter = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    await asyncio.to_thread(event.set)
    assert await waiter


async def test_mended() -> None:
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    waiter = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    await asyncio.to_thread(lambda: loop.call_soon_threadsafe(event.set))
    assert await waiter
