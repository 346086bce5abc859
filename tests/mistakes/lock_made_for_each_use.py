"""coroutines: the package makes a lock anew where it enters it, and so nobody ever waits."""

import asyncio


class Counter:
    def __init__(self) -> None:
        self.value = 0
        self._lock = asyncio.Lock()

    async def mistaken(self) -> None:
        async with asyncio.Lock():  # HERE
            await self._increase()

    async def mended(self) -> None:
        async with self._lock:
            await self._increase()

    async def _increase(self) -> None:
        value = self.value
        await asyncio.sleep(0)
        self.value = value + 1


# tests
import asyncio

from my_project.lock_made_for_each_use import Counter


async def test_mended() -> None:
    counter = Counter()
    await asyncio.gather(counter.mended(), counter.mended())
    assert counter.value == 2
