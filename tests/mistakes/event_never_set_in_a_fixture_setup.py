"""deadline: a fixture's setup waits for an event that nobody sets."""

import asyncio

import pytest


@pytest.fixture
async def mistaken() -> asyncio.Event:
    event = asyncio.Event()
    await event.wait()  # HERE
    return event


@pytest.fixture
async def mended() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    await event.wait()
    return event


async def test_mistake(mistaken: asyncio.Event) -> None:
    assert mistaken.is_set()


async def test_mended(mended: asyncio.Event) -> None:
    assert mended.is_set()
