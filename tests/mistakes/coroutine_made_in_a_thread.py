"""coroutines: a worker thread calls an async function, which runs nowhere."""

import asyncio


def work(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.sleep(0)  # HERE


def worked(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()


async def test_mistake() -> None:
    await asyncio.to_thread(work, asyncio.get_running_loop())


async def test_mended() -> None:
    await asyncio.to_thread(worked, asyncio.get_running_loop())
