"""blocking: the package enters a `with` of a lock that another thread holds for a moment."""

import asyncio
import threading


def enter(lock: threading.RLock) -> None:
    with lock:  # HERE
        pass


async def mistaken(lock: threading.RLock) -> None:
    enter(lock)


async def mended(lock: threading.RLock) -> None:
    await asyncio.to_thread(enter, lock)


# tests
import asyncio
import threading
import time

from my_project.rlock_entered_in_the_event_loop import mended, mistaken


def hold(lock: threading.RLock, held: threading.Event) -> None:
    with lock:
        held.set()
        time.sleep(0.1)


async def test_mistake() -> None:
    lock, held = threading.RLock(), threading.Event()
    holding = asyncio.create_task(asyncio.to_thread(hold, lock, held))
    await asyncio.to_thread(held.wait)
    await mistaken(lock)
    await holding


async def test_mended() -> None:
    lock, held = threading.RLock(), threading.Event()
    holding = asyncio.create_task(asyncio.to_thread(hold, lock, held))
    await asyncio.to_thread(held.wait)
    await mended(lock)
    await holding
