"""deadline: a test starts a job in a thread that never ends, and the loop waits for it."""

import asyncio
import threading


async def test_mistake() -> None:
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, threading.Event().wait)  # HERE
    assert not future.done()


async def test_mended() -> None:
    event, loop = threading.Event(), asyncio.get_running_loop()
    future = loop.run_in_executor(None, event.wait)
    event.set()
    assert await future
