"""deadline: a test polls for what never comes, and lets others run."""

import asyncio


async def test_mistake() -> None:
    ready: list[int] = []
    while not ready:  # noqa: ASYNC110
        await asyncio.sleep(0)  # HERE


async def test_mended() -> None:
    ready: list[int] = []
    asyncio.get_running_loop().call_soon(ready.append, 1)
    while not ready:  # noqa: ASYNC110
        await asyncio.sleep(0)
