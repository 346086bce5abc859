"""cancellation: a handler raises some of what it catches, and a cancellation is not among that."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except BaseException as error:  # HERE
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        print(error)


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except BaseException as error:
        if not isinstance(error, Exception):
            raise
        print(error)


# tests
import asyncio

from my_project.base_exception_raised_but_for_a_cancellation import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)
