"""resources: a fixture for one test leaves a socket, on a loop that other tests use too."""

import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")
KEPT: list[socket.socket] = []


@pytest_asyncio.fixture(loop_scope="module")
async def mistaken() -> socket.socket:
    KEPT.append(socket.create_server(("127.0.0.1", 0)))  # HERE
    return KEPT[-1]


@pytest_asyncio.fixture(loop_scope="module")
async def mended() -> AsyncIterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


async def test_mistake(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()


async def test_mended(mended: socket.socket) -> None:
    assert mended.getsockname()
