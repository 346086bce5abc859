"""deadline: a test loops over a stream that neither speaks nor ends."""

import asyncio


async def test_mistake() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(b"one\n")
    async for line in reader:  # HERE
        assert line == b"one\n"


async def test_mended() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(b"one\n")
    reader.feed_eof()
    async for line in reader:
        assert line == b"one\n"
