"""blocking: the package computes for a second and more, and nothing else runs."""

import asyncio
import time


def computed(seconds: float) -> int:
    until = time.thread_time() + seconds
    return sum(1 for _ in iter(lambda: time.thread_time() < until, False))  # HERE


async def mistaken(seconds: float) -> int:
    return computed(seconds)


async def mended(seconds: float) -> int:
    return await asyncio.to_thread(computed, seconds)


# tests
from my_project.computing_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken(1.5)


async def test_mended() -> None:
    assert await mended(1.5)
