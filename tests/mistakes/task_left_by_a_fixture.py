"""tasks: a fixture starts a task, and its teardown does not end it."""

import asyncio
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def mistaken() -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(60))  # HERE


@pytest.fixture
async def mended() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(asyncio.sleep(60))
    yield task
    task.cancel()
    await asyncio.wait([task])


async def test_mistake(mistaken: asyncio.Task[None]) -> None:
    assert not mistaken.done()


async def test_mended(mended: asyncio.Task[None]) -> None:
    assert not mended.done()
