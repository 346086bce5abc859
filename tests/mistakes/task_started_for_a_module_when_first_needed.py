"""tasks: what a module shares starts a task when a test first needs it, and never ends it."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Pool:
    task: asyncio.Task[None] | None = None

    async def size(self) -> int:
        if self.task is None:
            self.task = asyncio.create_task(asyncio.sleep(60))  # HERE
        return 1

    async def close(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.wait([self.task])


@pytest_asyncio.fixture(scope="class", loop_scope="module")
async def mended() -> AsyncIterator[Pool]:
    pool = Pool()
    yield pool
    await pool.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> Pool:
    return Pool()


class TestMended:
    async def test_mended(self, mended: Pool) -> None:
        assert await mended.size() == 1

    async def test_mended_again(self, mended: Pool) -> None:
        assert await mended.size() == 1


async def test_mended_so_far(mistaken: Pool) -> None:
    assert await mistaken.size() == 1


async def test_mistake(mistaken: Pool) -> None:
    assert await mistaken.size() == 1
