"""An HTTP server for the tests: one GET request a connection, answered in JSON."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

Answer = tuple[HTTPStatus, object]


@asynccontextmanager
async def serving(answer: Callable[[str], Awaitable[Answer]]) -> AsyncIterator[str]:
    """Give the URL of a server that runs ``answer(path)`` for each request."""

    async def handle(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        request = await reader.readline()
        while (await reader.readline()).strip():
            pass  # A header.
        if request:  # Else the client has gone.
            status, content = await answer(request.split()[1].decode())
            body = json.dumps(content)
            writer.write(
                f"HTTP/1.1 {status} {status.phrase}\r\n"
                "Connection: close\r\n"
                f"Content-Length: {len(body)}\r\n"
                f"Content-Type: application/json\r\n\r\n{body}".encode()
            )
        writer.close()

    async with await asyncio.start_server(handle, "127.0.0.1") as server:
        yield "http://{}:{}/".format(*server.sockets[0].getsockname())
