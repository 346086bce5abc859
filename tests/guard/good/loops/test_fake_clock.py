"""An hour passes at once."""

import asyncio
import threading
import time

import pytest
from my_project import async_stream
from my_project.well_behaved import Worker


async def test_an_hour_passes() -> None:
    """The loop's clock jumps ahead, and the wall's does not."""
    loop = asyncio.get_running_loop()
    before, wall = loop.time(), time.monotonic()
    await asyncio.sleep(3600)
    assert loop.time() - before >= 3600
    assert time.monotonic() - wall < 5


async def test_a_day_of_small_steps() -> None:
    """Many short sleeps are as quick."""
    for _ in range(24):
        await asyncio.sleep(3600)


async def test_a_timeout_fires_at_once() -> None:
    """Nothing else is to do, so the minute is over."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(60):
            await asyncio.Event().wait()


async def test_a_stream_with_an_interval() -> None:
    """The interval costs no time."""
    async for number in async_stream(interval=3600):
        if number == 3:
            break


async def test_a_timer_is_cancelled() -> None:
    """A callback that is due tomorrow is taken back."""
    asyncio.get_running_loop().call_later(86400, pytest.fail).cancel()
    await asyncio.sleep(86401)


async def test_a_worker() -> None:
    """A task is cancelled and awaited as on any loop."""
    async with Worker() as worker:
        worker.queue.put_nowait(1)
        await asyncio.sleep(3600)
    assert worker.seen == [1]


async def test_a_thread() -> None:
    """The call of a thread wakes the loop up."""
    loop, called = asyncio.get_running_loop(), asyncio.Event()
    thread = threading.Thread(target=loop.call_soon_threadsafe, args=[called.set])
    thread.start()
    await called.wait()
    thread.join()
