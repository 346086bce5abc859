"""deadline: a client waits for the end of a connection that its server keeps open."""

import asyncio
import socket


async def test_mistake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        reader, _ = await asyncio.open_connection(*listening.getsockname())
        assert await reader.read() == b""  # HERE


async def test_mended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        listening.accept()[0].close()
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
