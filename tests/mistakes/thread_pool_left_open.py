"""resources: a test makes a pool of threads and does not shut it down."""

import asyncio
from concurrent.futures import ThreadPoolExecutor


async def test_mistake() -> None:
    executor = ThreadPoolExecutor()  # HERE
    await asyncio.get_running_loop().run_in_executor(executor, print)


async def test_mended() -> None:
    with ThreadPoolExecutor() as executor:
        await asyncio.get_running_loop().run_in_executor(executor, print)
