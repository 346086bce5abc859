"""resources: an executor of processes is not shut down."""

import asyncio
from concurrent.futures import ProcessPoolExecutor

KEPT: list[ProcessPoolExecutor] = []


async def test_mistake() -> None:
    pool = ProcessPoolExecutor(1)  # HERE
    KEPT.append(pool)
    assert await asyncio.get_running_loop().run_in_executor(pool, abs, -1) == 1


async def test_mended() -> None:
    KEPT.pop().shutdown()
    with ProcessPoolExecutor(1) as pool:
        assert await asyncio.get_running_loop().run_in_executor(pool, abs, -1) == 1
