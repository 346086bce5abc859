"""deadline: a fixture's teardown waits for an event that nobody sets."""

import asyncio
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def mistaken() -> AsyncIterator[asyncio.Event]:
    event = asyncio.Event()
    yield event
    await event.wait()  # HERE


@pytest.fixture
async def mended() -> AsyncIterator[asyncio.Event]:
    event = asyncio.Event()
    yield event
    event.set()
    await event.wait()


async def test_mistake(mistaken: asyncio.Event) -> None:
    assert not mistaken.is_set()


async def test_mended(mended: asyncio.Event) -> None:
    assert not mended.is_set()
