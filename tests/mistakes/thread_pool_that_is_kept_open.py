"""resources: a list that outlives the test keeps its pool of threads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

KEPT: list[ThreadPoolExecutor] = []


async def test_mistake() -> None:
    KEPT.append(ThreadPoolExecutor())  # HERE
    await asyncio.get_running_loop().run_in_executor(KEPT[-1], print)


async def test_mended() -> None:
    with ThreadPoolExecutor() as executor:
        KEPT.append(executor)
        await asyncio.get_running_loop().run_in_executor(executor, print)
