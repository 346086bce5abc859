"""blocking: the package waits for the end of a thread in the event loop."""

import asyncio
import threading


async def mistaken(thread: threading.Thread) -> None:
    thread.join()  # HERE


async def mended(thread: threading.Thread) -> None:
    await asyncio.to_thread(thread.join)


# tests
import threading

from my_project.thread_joined_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    timer = threading.Timer(0.1, print)
    timer.start()
    await mistaken(timer)


async def test_mended() -> None:
    timer = threading.Timer(0.1, print)
    timer.start()
    await mended(timer)
