"""blocking: the package receives from a socket that blocks."""

import asyncio
import socket


async def mistaken(source: socket.socket) -> bytes:
    return source.recv(1)  # HERE


async def mended(source: socket.socket) -> bytes:
    source.setblocking(False)
    return await asyncio.get_running_loop().sock_recv(source, 1)


# tests
import socket

from my_project.socket_received_from_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"x")
        assert await mistaken(ours) == b"x"


async def test_mended() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"x")
        assert await mended(ours) == b"x"
