"""blocking: leaving a pool of threads waits for its jobs, in the event loop."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def work() -> None:
    time.sleep(0.1)


async def mistaken() -> None:
    with ThreadPoolExecutor() as executor:  # HERE
        executor.submit(work)


async def mended() -> None:
    await asyncio.to_thread(work)


# tests
from my_project.executor_shut_down_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()
