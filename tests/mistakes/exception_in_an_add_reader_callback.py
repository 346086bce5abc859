"""exceptions: what the loop calls when a socket can be read raises."""

import asyncio
import socket


def read(source: socket.socket, called: asyncio.Event) -> None:
    called.set()
    int(source.recv(100))  # HERE


def skip(source: socket.socket, called: asyncio.Event) -> None:
    called.set()
    source.recv(100)


async def test_mistake() -> None:
    called, (ours, theirs) = asyncio.Event(), socket.socketpair()
    with ours, theirs:
        asyncio.get_running_loop().add_reader(ours, read, ours, called)
        theirs.send(b"no number")
        await called.wait()
        asyncio.get_running_loop().remove_reader(ours)


async def test_mended() -> None:
    called, (ours, theirs) = asyncio.Event(), socket.socketpair()
    with ours, theirs:
        asyncio.get_running_loop().add_reader(ours, skip, ours, called)
        theirs.send(b"no number")
        await called.wait()
        asyncio.get_running_loop().remove_reader(ours)
