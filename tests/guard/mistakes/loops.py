"""Mistakes that the check `loops` finds: each begins at its name."""

# mistake: event_set_from_a_thread

"""A test sets an event from a thread, of which the loop hears by chance."""

import asyncio


async def test_mistake() -> None:  # HERE
    event = asyncio.Event()
    waiter = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    await asyncio.to_thread(event.set)
    assert await waiter


async def test_mended() -> None:
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    waiter = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    await asyncio.to_thread(lambda: loop.call_soon_threadsafe(event.set))
    assert await waiter


# mistake: future_resolved_from_a_thread

"""A thread resolves a future, of which the loop hears by chance."""

import asyncio
import threading
from collections.abc import Callable


async def resolved(resolve: Callable[[asyncio.Future[int]], object]) -> int:
    future = asyncio.get_running_loop().create_future()
    waiting = asyncio.ensure_future(asyncio.wait_for(future, 5))
    await asyncio.sleep(0)
    thread = threading.Thread(target=resolve, args=[future])
    thread.start()
    await asyncio.to_thread(thread.join)
    return await waiting


async def test_mistake() -> None:
    assert await resolved(lambda future: future.set_result(1)) == 1  # HERE


async def test_mended() -> None:
    loop = asyncio.get_running_loop()
    set_ = asyncio.Future.set_result
    assert await resolved(lambda one: loop.call_soon_threadsafe(set_, one, 1)) == 1


# mistake: module_fixture_needed_by_a_fixture

"""A fixture needs an async one that a module shares, on the loop of one test."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def opened() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest.fixture(scope="module")  # HERE
async def opened_too_wide() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest.fixture(scope="module")
def mended(opened: asyncio.Queue[int]) -> int:
    return opened.qsize()


@pytest.fixture(scope="module")
def mistaken(opened_too_wide: asyncio.Queue[int]) -> int:
    return opened_too_wide.qsize()


def test_mended(mended: int) -> None:
    assert mended == 0


def test_mistake(mistaken: int) -> None:
    assert mistaken == 0


# mistake: module_fixture_on_the_loop_of_a_test

"""An async fixture that a module shares runs on the loop of one test."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mended() -> AsyncIterator[asyncio.Queue[int]]:
    yield asyncio.Queue()
    await asyncio.sleep(0)


@pytest.fixture(scope="module")  # HERE
async def mistaken() -> AsyncIterator[asyncio.Queue[int]]:
    yield asyncio.Queue()
    await asyncio.sleep(0)


@pytest.mark.asyncio(loop_scope="module")
async def test_mended(mended: asyncio.Queue[int]) -> None:
    assert mended.empty()


async def test_mistake(mistaken: asyncio.Queue[int]) -> None:
    assert mistaken.empty()


# mistake: queue_filled_from_a_thread

"""The package fills a queue from a thread, of which the loop hears by chance."""

import asyncio
import threading


async def mistaken() -> int:
    queue = asyncio.Queue[int]()

    def fill() -> None:
        queue.put_nowait(1)  # HERE

    return await filled(queue, fill)


async def mended() -> int:
    queue = asyncio.Queue[int]()
    loop = asyncio.get_running_loop()

    def fill() -> None:
        loop.call_soon_threadsafe(queue.put_nowait, 1)

    return await filled(queue, fill)


async def filled(queue: asyncio.Queue[int], fill) -> int:
    getting = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    thread = threading.Thread(target=fill)
    thread.start()
    await asyncio.to_thread(thread.join)
    return await getting


# tests
from my_project.queue_filled_from_a_thread import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 1


async def test_mended() -> None:
    assert await mended() == 1


# mistake: session_fixture_on_the_loop_of_a_test

"""An async fixture of the whole session runs on the loop of one test."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mended() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest_asyncio.fixture(scope="session")  # HERE
async def mistaken() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest.mark.asyncio(loop_scope="session")
async def test_mended(mended: asyncio.Queue[int]) -> None:
    assert mended.empty()


async def test_mistake(mistaken: asyncio.Queue[int]) -> None:
    assert mistaken.empty()
