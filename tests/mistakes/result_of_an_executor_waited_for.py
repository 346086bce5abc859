"""blocking: the package gives a job to a thread, and waits for it in the event loop."""

import asyncio
import time
from concurrent.futures import Executor


def work() -> int:
    time.sleep(0.1)
    return 1


async def mistaken(executor: Executor) -> int:
    return executor.submit(work).result()  # HERE


async def mended(executor: Executor) -> int:
    return await asyncio.get_running_loop().run_in_executor(executor, work)


# tests
from concurrent.futures import ThreadPoolExecutor

from my_project.result_of_an_executor_waited_for import mended, mistaken


async def test_mistake() -> None:
    with ThreadPoolExecutor() as executor:
        assert await mistaken(executor) == 1


async def test_mended() -> None:
    with ThreadPoolExecutor() as executor:
        assert await mended(executor) == 1
