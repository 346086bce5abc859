"""resources: the teardown of a fixture that a module shares does not close its socket."""

import socket
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def mended() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture(scope="module")
def mistaken() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))  # HERE


async def test_mended(mended: socket.socket) -> None:
    assert mended.getsockname()


async def test_mistake(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()
