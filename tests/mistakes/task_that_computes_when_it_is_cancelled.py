"""deadline: a task is cancelled at the end of the loop, and holds the loop from then on."""

import asyncio

KEPT: list[asyncio.Task[None]] = []


async def compute(*, on: bool) -> None:
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        while on:  # HERE
            pass
        raise


async def test_mistake() -> None:
    KEPT.append(asyncio.create_task(compute(on=True)))
    await asyncio.sleep(0)


async def test_mended() -> None:
    task = asyncio.create_task(compute(on=False))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])
