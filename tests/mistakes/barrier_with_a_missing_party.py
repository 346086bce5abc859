"""deadline: a barrier waits for more tasks than there are."""

import asyncio


async def test_mistake() -> None:
    barrier = asyncio.Barrier(2)
    await barrier.wait()  # HERE


async def test_mended() -> None:
    barrier = asyncio.Barrier(2)
    assert sorted(await asyncio.gather(barrier.wait(), barrier.wait())) == [0, 1]
