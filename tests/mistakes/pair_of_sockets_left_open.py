"""resources: a test opens a pair of sockets and closes one of them."""

import socket


async def test_mistake() -> None:
    ours, theirs = socket.socketpair()  # HERE
    theirs.close()
    assert ours.recv(1) == b""


async def test_mended() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        assert ours.recv(1) == b""
