"""coroutines: a test that is not async calls an async function."""

import asyncio
from collections.abc import Coroutine


async def load() -> dict[str, int]:
    await asyncio.sleep(0)
    return {"id": 1}


def run(job: Coroutine[object, object, dict[str, int]]) -> dict[str, int]:
    with asyncio.Runner() as runner:
        return runner.run(job)


def test_mistake() -> None:
    assert load()  # HERE


def test_mended() -> None:
    assert run(load()) == {"id": 1}
