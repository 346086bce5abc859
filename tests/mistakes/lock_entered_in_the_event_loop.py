"""blocking: the package enters a `with` of a thread's lock that is taken."""

import asyncio
import threading


async def mistaken(lock: threading.Lock) -> None:
    with lock:  # HERE
        pass


async def mended(lock: threading.Lock) -> None:
    await asyncio.to_thread(lock.acquire)
    lock.release()


# tests
import threading

from my_project.lock_entered_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    lock = threading.Lock()
    timer = threading.Timer(1, lock.release)
    lock.acquire()
    timer.start()
    await mistaken(lock)
    timer.join()


async def test_mended() -> None:
    lock = threading.Lock()
    timer = threading.Timer(1, lock.release)
    lock.acquire()
    timer.start()
    await mended(lock)
    timer.join()
