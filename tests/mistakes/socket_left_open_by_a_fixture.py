"""resources: a fixture's teardown does not close its socket."""

import socket
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def mistaken() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))  # HERE


@pytest.fixture
async def mended() -> AsyncIterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


async def test_mistake(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()


async def test_mended(mended: socket.socket) -> None:
    assert mended.getsockname()
