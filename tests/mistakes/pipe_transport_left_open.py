"""resources: a test connects a pipe to the loop and does not close its transport."""

import asyncio
import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def source() -> Iterator[int]:
    source, target = os.pipe()
    yield source
    os.close(target)
    os.close(source)


async def test_mended(source: int) -> None:
    loop, pipe = asyncio.get_running_loop(), os.fdopen(os.dup(source), "rb")
    transport, _ = await loop.connect_read_pipe(asyncio.Protocol, pipe)
    transport.close()


async def test_mistake(source: int) -> None:
    loop, pipe = asyncio.get_running_loop(), os.fdopen(os.dup(source), "rb")
    transport, _ = await loop.connect_read_pipe(asyncio.Protocol, pipe)  # HERE
    assert not transport.is_closing()
