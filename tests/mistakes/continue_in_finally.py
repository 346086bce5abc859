"""cancellation: a `continue` or a `break` in `finally` drops the cancellation that is under way."""

import asyncio


async def mistaken(events: list[asyncio.Event]) -> None:
    for event in events:
        try:
            await event.wait()
        finally:
            if event.is_set():
                continue  # noqa: B012  # HERE
            break  # noqa: B012  # HERE


async def mended(events: list[asyncio.Event]) -> None:
    for event in events:
        try:
            await event.wait()
        finally:
            for other in events:
                if other is event:
                    continue
                break


# tests
import asyncio

from my_project.continue_in_finally import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended([event])
