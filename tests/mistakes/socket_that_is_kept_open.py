"""resources: a list that outlives the test keeps its socket open."""

import socket

KEPT: list[socket.socket] = []


async def test_mistake() -> None:
    KEPT.append(socket.create_server(("127.0.0.1", 0)))  # HERE
    assert KEPT[-1].getsockname()


async def test_mended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        KEPT.append(listening)
        assert KEPT[-1].getsockname()
