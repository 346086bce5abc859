"""resources: a test opens a socket and does not close it."""

import socket


async def test_mistake() -> None:
    listening = socket.create_server(("127.0.0.1", 0))  # HERE
    assert listening.getsockname()


async def test_mended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert listening.getsockname()
