"""loops: the package fills a queue from a thread, of which the loop hears by chance."""

import asyncio
import threading


async def mistaken() -> int:
    queue = asyncio.Queue[int]()

    def fill() -> None:
        queue.put_nowait(1)  # HERE

    return await filled(queue, fill)


async def mended() -> int:
    queue = asyncio.Queue[int]()
    loop = asyncio.get_running_loop()

    def fill() -> None:
        loop.call_soon_threadsafe(queue.put_nowait, 1)

    return await filled(queue, fill)


async def filled(queue: asyncio.Queue[int], fill) -> int:
    getting = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    thread = threading.Thread(target=fill)
    thread.start()
    await asyncio.to_thread(thread.join)
    return await getting


# tests
from my_project.queue_filled_from_a_thread import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 1


async def test_mended() -> None:
    assert await mended() == 1
