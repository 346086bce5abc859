# mistake: busy_loop_that_does_not_await
# found by: Timeout

"""A test computes without end."""

import itertools


async def test_mistake() -> None:
    assert all(number >= 0 for number in itertools.count())  # HERE


async def test_fixed() -> None:
    assert all(number >= 0 for number in range(10))


# mistake: job_in_a_thread_that_is_not_awaited
# found by: Timeout

"""A test starts a job in a thread that never ends, and the loop waits for it."""

import asyncio
import threading


async def test_mistake() -> None:
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, threading.Event().wait)  # HERE
    assert not future.done()


async def test_fixed() -> None:
    event, loop = threading.Event(), asyncio.get_running_loop()
    future = loop.run_in_executor(None, event.wait)
    event.set()
    assert await future


# mistake: thread_blocked_in_a_test
# found by: Timeout

"""A test blocks its thread, so the event loop does not come round."""

import asyncio
import threading


async def test_mistake() -> None:
    event = threading.Event()
    asyncio.get_running_loop().call_soon(event.set)
    event.wait()  # HERE


async def test_fixed() -> None:
    event = threading.Event()
    asyncio.get_running_loop().call_soon(event.set)
    assert await asyncio.to_thread(event.wait)


# mistake: module_fixture_needed_by_a_fixture
# found by: ScopeMismatch

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
def fixed(opened: asyncio.Queue[int]) -> int:
    return opened.qsize()


@pytest.fixture(scope="module")
def mistaken(opened_too_wide: asyncio.Queue[int]) -> int:
    return opened_too_wide.qsize()


def test_fixed(fixed: int) -> None:
    assert fixed == 0


def test_mistake(mistaken: int) -> None:
    assert mistaken == 0


# mistake: module_fixture_on_the_loop_of_a_test
# found by: ScopeMismatch

"""An async fixture that a module shares runs on the loop of one test."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fixed() -> AsyncIterator[asyncio.Queue[int]]:
    yield asyncio.Queue()
    await asyncio.sleep(0)


@pytest.fixture(scope="module")  # HERE
async def mistaken() -> AsyncIterator[asyncio.Queue[int]]:
    yield asyncio.Queue()
    await asyncio.sleep(0)


@pytest.mark.asyncio(loop_scope="module")
async def test_fixed(fixed: asyncio.Queue[int]) -> None:
    assert fixed.empty()


async def test_mistake(mistaken: asyncio.Queue[int]) -> None:
    assert mistaken.empty()


# mistake: session_fixture_on_the_loop_of_a_test
# found by: ScopeMismatch

"""An async fixture of the whole session runs on the loop of one test."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def fixed() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest_asyncio.fixture(scope="session")  # HERE
async def mistaken() -> asyncio.Queue[int]:
    await asyncio.sleep(0)
    return asyncio.Queue()


@pytest.mark.asyncio(loop_scope="session")
async def test_fixed(fixed: asyncio.Queue[int]) -> None:
    assert fixed.empty()


async def test_mistake(mistaken: asyncio.Queue[int]) -> None:
    assert mistaken.empty()
