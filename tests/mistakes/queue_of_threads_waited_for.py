"""blocking: the package waits for a queue of another thread in the event loop."""

import asyncio
import queue


async def mistaken(numbers: "queue.Queue[int]") -> int:
    return numbers.get()  # HERE


async def mended(numbers: "queue.Queue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import queue
import threading

from my_project.queue_of_threads_waited_for import mended, mistaken


async def test_mistake() -> None:
    numbers: queue.Queue[int] = queue.Queue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mistaken(numbers) == 1
    timer.join()


async def test_mended() -> None:
    numbers: queue.Queue[int] = queue.Queue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mended(numbers) == 1
    timer.join()
