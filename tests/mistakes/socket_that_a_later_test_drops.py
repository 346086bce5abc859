"""resources: a test leaves a socket open, and a later one, which is innocent, lets go of it."""

import socket

KEPT: list[socket.socket] = []


async def test_mistake() -> None:
    KEPT.append(socket.create_server(("127.0.0.1", 0)))  # HERE


async def test_mended() -> None:
    KEPT.clear()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert listening.getsockname()
