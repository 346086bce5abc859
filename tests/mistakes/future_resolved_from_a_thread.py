"""loops: a thread resolves a future, of which the loop hears by chance."""

import asyncio
import threading
from collections.abc import Callable


async def resolved(resolve: Callable[[asyncio.Future[int]], object]) -> int:
    future = asyncio.get_running_loop().create_future()
    waiting = asyncio.ensure_future(asyncio.wait_for(future, 5))
    await asyncio.sleep(0)
    thread = threading.Thread(target=resolve, args=[future])
    thread.start()
    await asyncio.to_thread(thread.join)
    return await waiting


async def test_mistake() -> None:
    assert await resolved(lambda future: future.set_result(1)) == 1  # HERE


async def test_mended() -> None:
    loop = asyncio.get_running_loop()
    set_ = asyncio.Future.set_result
    assert await resolved(lambda one: loop.call_soon_threadsafe(set_, one, 1)) == 1
