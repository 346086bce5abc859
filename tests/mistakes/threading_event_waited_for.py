"""blocking: the package waits for an event of another thread in the event loop."""

import asyncio
import threading


async def mistaken(event: threading.Event) -> bool:
    return event.wait()  # HERE


async def mended(event: threading.Event) -> bool:
    return await asyncio.to_thread(event.wait)


# tests
import threading

from my_project.threading_event_waited_for import mended, mistaken


async def test_mistake() -> None:
    event = threading.Event()
    timer = threading.Timer(0.1, event.set)
    timer.start()
    assert await mistaken(event)
    timer.join()


async def test_mended() -> None:
    event = threading.Event()
    timer = threading.Timer(0.1, event.set)
    timer.start()
    assert await mended(event)
    timer.join()
