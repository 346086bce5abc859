"""Queues with workers: the work is awaited, then the workers are cancelled."""

import asyncio
from collections.abc import AsyncIterator

import pytest


async def work(queue: asyncio.Queue[int], results: list[int]) -> None:
    """Double numbers until cancelled."""
    while True:
        number = await queue.get()
        results.append(number * 2)
        queue.task_done()


async def test_workers_are_cancelled_and_awaited() -> None:
    """The queue is joined, the workers are cancelled, and their ends are awaited."""
    queue: asyncio.Queue[int] = asyncio.Queue()
    results = list[int]()
    workers = [asyncio.create_task(work(queue, results)) for _ in range(3)]
    for number in range(5):
        queue.put_nowait(number)
    await queue.join()
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    assert sorted(results) == [0, 2, 4, 6, 8]


async def test_workers_end_with_the_input() -> None:
    """A last item tells the worker to end, and the group awaits it."""
    queue: asyncio.Queue[int | None] = asyncio.Queue(maxsize=1)
    results = list[int]()

    async def consume() -> None:
        while (number := await queue.get()) is not None:
            results.append(number)

    async with asyncio.TaskGroup() as group:
        group.create_task(consume())
        for item in (1, 2, None):
            await queue.put(item)
    assert results == [1, 2]


@pytest.fixture
async def numbers() -> AsyncIterator[asyncio.Queue[int]]:
    """Fill a queue from a task around the test."""
    queue: asyncio.Queue[int] = asyncio.Queue(maxsize=1)

    async def fill() -> None:
        for number in range(1000):
            await queue.put(number)

    filling = asyncio.create_task(fill())
    yield queue
    filling.cancel()
    await asyncio.wait({filling})


async def test_a_producer_of_a_fixture(numbers: asyncio.Queue[int]) -> None:
    """The producer waits for room when the test returns, and its fixture ends it."""
    assert [await numbers.get() for _ in range(3)] == [0, 1, 2]


async def test_a_queue_that_is_left_full() -> None:
    """Items that nothing wants are no task that runs."""
    queue: asyncio.Queue[int] = asyncio.Queue()
    queue.put_nowait(1)
    assert queue.qsize() == 1
