"""resources: a socket that is only dropped when a later class, which is innocent, is over."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

KEPT: list[Any] = []


async def test_mistake() -> None:
    cycle: list[Any] = [socket.create_server(("127.0.0.1", 0))]  # HERE
    cycle.append(cycle)
    KEPT.append(cycle)


async def test_mended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert listening.getsockname()
    KEPT.clear()


@pytest.fixture(scope="class")
def shared() -> Iterator[list[int]]:
    numbers = [1]
    yield numbers
    numbers.clear()


class TestLater:
    async def test_mended_later(self, shared: list[int]) -> None:
        assert shared == [1]
