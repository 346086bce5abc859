"""blocking: the package takes a thread's lock, and waits for something else while it has it."""

import asyncio
import threading


class Counter:
    def __init__(self) -> None:
        self.value = 0
        self._lock = threading.Lock()
        self._async_lock = asyncio.Lock()

    async def mistaken(self) -> None:
        with self._lock:  # HERE
            await self._increase()

    async def mended(self) -> None:
        async with self._async_lock:
            await self._increase()

    async def _increase(self) -> None:
        value = self.value
        await asyncio.sleep(0)
        with self._lock:
            self.value = value + 1


# tests
import asyncio

from my_project.thread_s_lock_held_over_an_await import Counter


async def test_mended() -> None:
    counter = Counter()
    await asyncio.gather(counter.mended(), counter.mended())
    assert counter.value == 2
