"""blocking: the package waits for a simple queue of another thread in the event loop."""

import asyncio
import queue


async def mistaken(numbers: "queue.SimpleQueue[int]") -> int:
    return numbers.get()  # HERE


async def mended(numbers: "queue.SimpleQueue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import queue
import threading

from my_project.simple_queue_waited_for import mended, mistaken


async def test_mistake() -> None:
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mistaken(numbers) == 1
    timer.join()


async def test_mended() -> None:
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mended(numbers) == 1
    timer.join()
