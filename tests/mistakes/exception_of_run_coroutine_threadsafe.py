"""exceptions: a thread gives the loop a coroutine that fails, and does not ask for its result."""

import asyncio


async def fail() -> None:
    await asyncio.sleep(0)
    raise ValueError("unseen")


async def test_mistake() -> None:
    loop = asyncio.get_running_loop()

    def work() -> None:
        asyncio.run_coroutine_threadsafe(fail(), loop)  # HERE

    await asyncio.to_thread(work)
    await asyncio.sleep(0.01)


async def test_mended() -> None:
    loop = asyncio.get_running_loop()

    def result() -> BaseException | None:
        return asyncio.run_coroutine_threadsafe(fail(), loop).exception()

    assert isinstance(await asyncio.to_thread(result), ValueError)
