"""Tests in the style of `unittest`, which run their own loop."""

import asyncio
import unittest

from my_project.well_behaved import Worker, fetch


class TestIsolated(unittest.IsolatedAsyncioTestCase):
    """Tests that share how they are set up."""

    async def asyncSetUp(self) -> None:
        """Start a worker."""
        self.worker = await self.enterAsyncContext(Worker())
        self.addAsyncCleanup(fetch, 1)

    async def asyncTearDown(self) -> None:
        """Await a last thing."""
        await fetch(2)

    async def test_a_worker(self) -> None:
        """The worker ends after the test."""
        self.worker.queue.put_nowait(1)
        await self.worker.queue.join()
        self.assertEqual(self.worker.seen, [1])  # noqa: PT009 - it is the style.

    async def test_a_thread(self) -> None:
        """The loop ends its threads."""
        assert await asyncio.to_thread(int, "3") == 3
