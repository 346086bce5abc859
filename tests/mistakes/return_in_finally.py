"""cancellation: a `return` in `finally` drops the cancellation that is under way."""

import asyncio


async def mistaken(event: asyncio.Event) -> bool:
    try:
        await event.wait()
    finally:
        return event.is_set()  # noqa: B012  # HERE


async def mended(event: asyncio.Event) -> bool:
    await event.wait()
    return event.is_set()


# tests
import asyncio

from my_project.return_in_finally import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    assert await mended(event)
