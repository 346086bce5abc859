"""tasks: a fixture for one test leaves its task on a loop that other tests use too."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def shared() -> int:
    return 1


@pytest_asyncio.fixture(loop_scope="module")
async def mistaken() -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(60))  # HERE


@pytest_asyncio.fixture(loop_scope="module")
async def mended() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(asyncio.sleep(60))
    yield task
    task.cancel()
    await asyncio.wait([task])


async def test_mistake(mistaken: asyncio.Task[None]) -> None:
    assert not mistaken.done()


async def test_mended(mended: asyncio.Task[None]) -> None:
    assert not mended.done()
