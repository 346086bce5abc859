"""exceptions: a server's handler raises, and the client only sees the connection end."""

import asyncio
from collections.abc import Awaitable, Callable

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def mistaken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        int(await reader.read(100))  # HERE
    finally:
        writer.close()


async def mended(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(100)
    writer.close()
    await writer.wait_closed()


async def talk(handler: Handler) -> None:
    async with await asyncio.start_server(handler, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"no number")
        await reader.read()
        writer.close()
        await writer.wait_closed()


async def test_mistake() -> None:
    await talk(mistaken)


async def test_mended() -> None:
    await talk(mended)
