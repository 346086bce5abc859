"""coroutines: a cycle of references holds the coroutine until the garbage is collected."""

import asyncio


async def test_mistake() -> None:
    jobs: list[object] = [asyncio.sleep(0)]  # HERE
    jobs.append(jobs)


async def test_mended() -> None:
    job = asyncio.sleep(0)
    jobs: list[object] = [job]
    jobs.append(jobs)
    await job
