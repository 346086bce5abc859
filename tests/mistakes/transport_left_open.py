"""resources: a test connects a protocol and does not close its transport."""

import asyncio
import socket
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()


async def test_mended(address: tuple[str, int]) -> None:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(asyncio.Protocol, *address)
    assert not transport.is_closing()
    transport.close()


async def test_mistake(address: tuple[str, int]) -> None:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(asyncio.Protocol, *address)  # HERE
    assert not transport.is_closing()
