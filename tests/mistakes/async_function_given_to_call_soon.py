"""coroutines: the event loop calls an async function as a callback, and drops its coroutine."""

import asyncio


async def notify(event: asyncio.Event) -> None:  # HERE
    event.set()


async def test_mistake() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(notify, event)
    await asyncio.sleep(0)
    assert not event.is_set()


async def test_mended() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    await event.wait()
