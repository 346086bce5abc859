"""tasks: a fixture that a module shares leaves its task running."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mended() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(asyncio.sleep(60))
    yield task
    task.cancel()
    await asyncio.wait([task])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> AsyncIterator[asyncio.Task[None]]:
    yield asyncio.create_task(asyncio.sleep(60))  # HERE


@pytest.mark.asyncio(loop_scope="module")
async def test_mended(mended: asyncio.Task[None]) -> None:
    assert not mended.done()


@pytest.mark.asyncio(loop_scope="module")
async def test_mended_again(mended: asyncio.Task[None]) -> None:
    assert not mended.done()


@pytest.mark.asyncio(loop_scope="module")
async def test_mistake(mistaken: asyncio.Task[None]) -> None:
    assert not mistaken.done()
