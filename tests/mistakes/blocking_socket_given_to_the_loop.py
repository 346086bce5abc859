"""blocking: the package gives the event loop a socket that blocks."""

import asyncio
import socket


async def mistaken(sock: socket.socket) -> None:
    await asyncio.get_running_loop().sock_sendall(sock, b"x")  # HERE


async def mended(sock: socket.socket) -> None:
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_sendall(sock, b"x")


# tests
import socket

from my_project.blocking_socket_given_to_the_loop import mended, mistaken


async def test_mistake() -> None:
    one, other = socket.socketpair()
    with one, other:
        await mistaken(one)
        assert other.recv(1) == b"x"


async def test_mended() -> None:
    one, other = socket.socketpair()
    with one, other:
        await mended(one)
        assert other.recv(1) == b"x"
