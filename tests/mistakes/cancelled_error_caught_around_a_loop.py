"""cancellation: the package catches the cancellation of a whole loop over a stream."""

import asyncio
from collections.abc import AsyncIterable


async def mistaken(lines: AsyncIterable[bytes], received: list[bytes]) -> None:
    try:
        async for line in lines:
            received += [line]
    except asyncio.exceptions.CancelledError:  # HERE
        received.clear()


async def mended(lines: AsyncIterable[bytes], received: list[bytes]) -> None:
    try:
        async for line in lines:
            received += [line]
    except asyncio.exceptions.CancelledError:
        received.clear()
        raise


# tests

import asyncio

from my_project.cancelled_error_caught_around_a_loop import mended


async def test_mended() -> None:
    reader, received = asyncio.StreamReader(), list[bytes]()
    reader.feed_data(b"one\n")
    reader.feed_eof()
    await mended(reader, received)
    assert received == [b"one\n"]
