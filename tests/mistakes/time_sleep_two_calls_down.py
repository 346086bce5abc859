"""blocking: a helper of a helper sleeps, and an async function calls them."""

import asyncio
import time


def retry(times: int) -> int:
    for _ in range(times):
        back_off()
    return times


def back_off() -> None:
    time.sleep(0.01)  # HERE


async def mistaken() -> int:
    return retry(2)


async def mended() -> int:
    return await asyncio.to_thread(retry, 2)


# tests
from my_project.time_sleep_two_calls_down import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 2


async def test_mended() -> None:
    assert await mended() == 2
