"""blocking: the package waits with `select` until there is something to read."""

import asyncio
import select
import socket


async def mistaken(sock: socket.socket) -> bytes:
    select.select([sock], [], [], 1)  # HERE
    return sock.recv(1)


async def mended(sock: socket.socket) -> bytes:
    return await asyncio.get_running_loop().sock_recv(sock, 1)


# tests
import socket

from my_project.sockets_waited_for_with_select import mended, mistaken


async def test_mistake() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        other.send(b"x")
        assert await mistaken(one) == b"x"


async def test_mended() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        other.send(b"x")
        assert await mended(one) == b"x"
