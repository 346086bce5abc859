"""resources: a test starts a server and does not close it."""

import asyncio


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def test_mistake() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)  # HERE
    assert server.is_serving()


async def test_mended() -> None:
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        assert server.is_serving()
