"""resources: a cycle of references holds a socket until the garbage is collected."""

import socket


class Peer:
    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))  # HERE
        self.itself = self


async def test_mistake() -> None:
    assert Peer().socket.getsockname()


async def test_mended() -> None:
    with Peer().socket as listening:
        assert listening.getsockname()
