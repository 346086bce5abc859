"""resources: a test connects to PostgreSQL and does not close the connection."""

import asyncio
import struct
from collections.abc import AsyncIterator

import asyncpg
import pytest

PARAMETER = b"server_version\x0018.0\x00"
GREETING = (
    struct.pack("!cii", b"R", 8, 0)  # Authenticated,
    + struct.pack("!ci", b"S", 4 + len(PARAMETER))
    + PARAMETER
    + struct.pack("!ciii", b"K", 12, 1, 1)  # with the key of the session,
    + struct.pack("!cic", b"Z", 5, b"I")  # and ready for a query.
)


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1024)
    writer.write(GREETING)
    await reader.read(1)  # The word that the client goes, or its end.
    writer.close()


@pytest.fixture
async def uri() -> AsyncIterator[str]:
    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        _, port = server.sockets[0].getsockname()
        yield f"postgres://user:password@127.0.0.1:{port}/users?sslmode=disable"


async def test_mistake(uri: str) -> None:
    connection = await asyncpg.connect(uri)  # HERE
    assert not connection.is_closed()


async def test_mended(uri: str) -> None:
    connection = await asyncpg.connect(uri)
    await connection.close()
    assert connection.is_closed()
