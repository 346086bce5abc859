"""blocking: the package waits for a queue of another process in the event loop."""

import asyncio
from multiprocessing.queues import Queue


async def mistaken(numbers: "Queue[int]") -> int:
    return numbers.get()  # HERE


async def mended(numbers: "Queue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import multiprocessing
from collections.abc import Iterator
from multiprocessing.queues import Queue

import pytest
from my_project.queue_of_processes_waited_for import mended, mistaken


@pytest.fixture
def numbers() -> "Iterator[Queue[int]]":
    numbers: Queue[int] = multiprocessing.Queue()
    numbers.put(1)
    yield numbers
    numbers.close()
    numbers.join_thread()


async def test_mistake(numbers: "Queue[int]") -> None:
    assert await mistaken(numbers) == 1


async def test_mended(numbers: "Queue[int]") -> None:
    assert await mended(numbers) == 1
