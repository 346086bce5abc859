"""resources: several tests share a socket that is not closed: its line is known at the end."""

import socket

import pytest


@pytest.fixture(scope="class")
def mended() -> socket.socket:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening


@pytest.fixture(scope="module")
def mistaken() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))  # HERE


async def test_mended(mended: socket.socket) -> None:
    assert mended.fileno() == -1


async def test_mended_so_far(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()


async def test_mistake(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()
