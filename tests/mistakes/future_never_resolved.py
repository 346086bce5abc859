"""deadline: a test awaits a future that nobody resolves."""

import asyncio


async def test_mistake() -> None:
    future = asyncio.get_running_loop().create_future()
    await future  # HERE


async def test_mended() -> None:
    future = asyncio.get_running_loop().create_future()
    future.set_result(None)
    await future
