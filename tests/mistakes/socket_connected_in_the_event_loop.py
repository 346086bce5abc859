"""blocking: the package connects a socket that blocks."""

import asyncio
import socket


async def mistaken(address: tuple[str, int]) -> None:
    with socket.create_connection(address):  # HERE
        pass


async def mended(address: tuple[str, int]) -> None:
    _, writer = await asyncio.open_connection(*address)
    writer.close()
    await writer.wait_closed()


# tests

import socket

from my_project.socket_connected_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await mistaken(listening.getsockname())


async def test_mended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await mended(listening.getsockname())
