# mistake: task_cancelled_and_not_awaited

"""A task is cancelled, but its clean-up is not waited for."""

import asyncio


async def work(event: asyncio.Event) -> None:
    try:
        await asyncio.sleep(60)
    finally:
        await event.wait()


async def test_mistake() -> None:
    task = asyncio.create_task(work(asyncio.Event()))  # HERE
    await asyncio.sleep(0)
    task.cancel()


async def test_fixed() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(work(event))
    await asyncio.sleep(0)
    task.cancel()
    event.set()
    await asyncio.wait([task])


# mistake: task_in_a_global_set

"""A set that outlives the test keeps its task."""

import asyncio

BACKGROUND: set[asyncio.Task[None]] = set()


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(60))  # HERE
    BACKGROUND.add(task)
    task.add_done_callback(BACKGROUND.discard)


async def test_fixed() -> None:
    task = asyncio.create_task(asyncio.sleep(60))
    BACKGROUND.add(task)
    task.add_done_callback(BACKGROUND.discard)
    task.cancel()
    await asyncio.wait([task])


# mistake: task_left_after_the_first_is_done

"""`asyncio.wait` returns at the first task that is done, and the rest runs on."""

import asyncio


async def test_mistake() -> None:
    soon = asyncio.create_task(asyncio.sleep(0))
    late = asyncio.create_task(asyncio.sleep(60))  # HERE
    await asyncio.wait([soon, late], return_when=asyncio.FIRST_COMPLETED)


async def test_fixed() -> None:
    soon = asyncio.create_task(asyncio.sleep(0))
    late = asyncio.create_task(asyncio.sleep(60))
    await asyncio.wait([soon, late], return_when=asyncio.FIRST_COMPLETED)
    late.cancel()
    await asyncio.wait([late])


# mistake: task_left_by_a_fixture

"""A fixture starts a task, and its teardown does not end it."""

import asyncio
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def mistaken() -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(60))  # HERE


@pytest.fixture
async def fixed() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(asyncio.sleep(60))
    yield task
    task.cancel()
    await asyncio.wait([task])


async def test_mistake(mistaken: asyncio.Task[None]) -> None:
    assert not mistaken.done()


async def test_fixed(fixed: asyncio.Task[None]) -> None:
    assert not fixed.done()


# mistake: task_left_by_a_gather_that_failed

"""A call of `gather` fails, and its other tasks run on."""

import asyncio

import pytest


async def fail() -> None:
    raise ValueError("no")


async def test_mistake() -> None:
    with pytest.raises(ValueError, match="no"):
        await asyncio.gather(fail(), asyncio.sleep(60))  # HERE


async def test_fixed() -> None:
    with pytest.raises(ExceptionGroup):  # noqa: PT012
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(asyncio.sleep(60))


# mistake: task_left_by_a_module_scoped_fixture

"""A fixture that a module shares leaves its task running."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fixed() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(asyncio.sleep(60))
    yield task
    task.cancel()
    await asyncio.wait([task])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> AsyncIterator[asyncio.Task[None]]:
    yield asyncio.create_task(asyncio.sleep(60))  # HERE


@pytest.mark.asyncio(loop_scope="module")
async def test_fixed(fixed: asyncio.Task[None]) -> None:
    assert not fixed.done()


@pytest.mark.asyncio(loop_scope="module")
async def test_fixed_again(fixed: asyncio.Task[None]) -> None:
    assert not fixed.done()


@pytest.mark.asyncio(loop_scope="module")
async def test_mistake(mistaken: asyncio.Task[None]) -> None:
    assert not mistaken.done()


# mistake: task_left_by_as_completed

"""The loop over `as_completed` is left at the first result, and the rest runs on."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    waits = [asyncio.sleep(0, "slept"), event.wait()]  # HERE
    for first in asyncio.as_completed(waits):
        assert await first == "slept"
        break


async def test_fixed() -> None:
    event = asyncio.Event()
    waits = [asyncio.sleep(0, "slept"), event.wait()]
    for following in asyncio.as_completed(waits):
        await following
        event.set()


# mistake: task_left_running

"""A test leaves a task running."""

import asyncio

import pytest


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(60))  # HERE
    await asyncio.sleep(0)
    assert not task.done()


async def test_fixed() -> None:
    task = asyncio.create_task(asyncio.sleep(60))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# mistake: task_of_a_gather_that_is_not_awaited

"""`gather` starts its tasks at once, and is not awaited."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    asyncio.gather(event.wait(), event.wait())  # HERE
    await asyncio.sleep(0)


async def test_fixed() -> None:
    event = asyncio.Event()
    waiting = asyncio.gather(event.wait(), event.wait())
    event.set()
    assert await waiting == [True, True]


# mistake: task_of_an_object_that_is_not_closed

"""An object that the test makes starts a task, and is not closed."""

import asyncio
from typing import Self


class Worker:
    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.task = asyncio.create_task(self.event.wait())  # HERE

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self.event.set()
        await self.task


async def test_mistake() -> None:
    worker = Worker()
    assert not worker.task.done()


async def test_fixed() -> None:
    async with Worker() as worker:
        assert not worker.task.done()


# mistake: task_of_ensure_future

"""`ensure_future` starts a task, and nothing waits for it."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    future = asyncio.ensure_future(event.wait())  # HERE
    assert not future.done()


async def test_fixed() -> None:
    event = asyncio.Event()
    future = asyncio.ensure_future(event.wait())
    event.set()
    assert await future


# mistake: task_shielded_from_a_timeout

"""The timeout ends the wait, but not the task that it was shielded from."""

import asyncio

import pytest


async def test_mistake() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await asyncio.shield(asyncio.sleep(60))  # HERE


async def test_fixed() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await asyncio.sleep(60)


# mistake: task_started_by_a_task

"""A task ends, and one that it started does not."""

import asyncio


async def start(event: asyncio.Event, started: list[asyncio.Task[bool]]) -> None:
    started.append(asyncio.create_task(event.wait()))  # HERE


async def test_mistake() -> None:
    started: list[asyncio.Task[bool]] = []
    await asyncio.create_task(start(asyncio.Event(), started))
    assert not started[0].done()


async def test_fixed() -> None:
    event = asyncio.Event()
    started: list[asyncio.Task[bool]] = []
    await asyncio.create_task(start(event, started))
    event.set()
    assert await started[0]


# mistake: task_started_by_the_package

"""The package starts a task that it never ends."""

import asyncio


class Heart:
    async def start(self) -> None:
        self.task = asyncio.create_task(asyncio.sleep(60))

    async def stop(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])


async def mistaken() -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(60))  # HERE


async def fixed() -> None:
    heart = Heart()
    await heart.start()
    await heart.stop()


# tests
from my_project.task_started_by_the_package import fixed, mistaken


async def test_mistake() -> None:
    assert not (await mistaken()).done()


async def test_fixed() -> None:
    await fixed()


# mistake: task_started_for_a_module_when_first_needed

"""What a module shares starts a task when a test first needs it, and never ends it."""

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
async def fixed() -> AsyncIterator[Pool]:
    pool = Pool()
    yield pool
    await pool.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> Pool:
    return Pool()


class TestFixed:
    async def test_fixed(self, fixed: Pool) -> None:
        assert await fixed.size() == 1

    async def test_fixed_again(self, fixed: Pool) -> None:
        assert await fixed.size() == 1


async def test_fixed_so_far(mistaken: Pool) -> None:
    assert await mistaken.size() == 1


async def test_mistake(mistaken: Pool) -> None:
    assert await mistaken.size() == 1


# mistake: task_started_from_a_thread

"""A thread starts a task on the loop, and nothing waits for it."""

import asyncio
from concurrent.futures import Future


def start(loop: asyncio.AbstractEventLoop, event: asyncio.Event) -> Future[bool]:
    return asyncio.run_coroutine_threadsafe(event.wait(), loop)  # HERE


async def test_mistake() -> None:
    future = await asyncio.to_thread(start, asyncio.get_running_loop(), asyncio.Event())
    assert not future.done()


async def test_fixed() -> None:
    event = asyncio.Event()
    future = await asyncio.to_thread(start, asyncio.get_running_loop(), event)
    event.set()
    assert await asyncio.wrap_future(future)


# mistake: task_that_swallows_its_cancellation

"""A task catches its cancellation and lives on."""

import asyncio

import pytest


async def stubborn() -> None:
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            continue


async def obedient() -> None:
    while True:  # noqa: ASYNC110
        await asyncio.sleep(60)


async def test_mistake() -> None:
    task = asyncio.create_task(stubborn())  # HERE
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)


async def test_fixed() -> None:
    task = asyncio.create_task(obedient())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# mistake: timer_left_on_the_loop

"""A timer is due long after the test, and is not cancelled."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_later(60, event.set)  # HERE


async def test_fixed() -> None:
    event = asyncio.Event()
    timer = asyncio.get_running_loop().call_later(60, event.set)
    timer.cancel()


# mistake: timer_left_by_the_package

"""The package starts a timer, and stopping it is forgotten."""

import asyncio


class Cache:
    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.timer = loop.call_at(loop.time() + 60, self.clear)  # HERE

    def clear(self) -> None:
        self.timer.cancel()


# tests
from my_project.timer_left_by_the_package import Cache


async def test_mistake() -> None:
    assert Cache().timer


async def test_fixed() -> None:
    Cache().clear()


# mistake: reader_left_on_the_loop

"""A socket is watched by the loop after the test is over."""

import asyncio
import socket


async def test_mistake() -> None:
    one, other = socket.socketpair()
    with one, other:
        asyncio.get_running_loop().add_reader(one, print)  # HERE


async def test_fixed() -> None:
    one, other = socket.socketpair()
    with one, other:
        asyncio.get_running_loop().add_reader(one, print)
        asyncio.get_running_loop().remove_reader(one)


# mistake: writer_left_on_the_loop

"""The loop still calls what writes to a socket."""

import asyncio
import socket


async def test_mistake() -> None:
    one, other = socket.socketpair()
    with one, other:
        asyncio.get_running_loop().add_writer(one.fileno(), int)  # HERE


async def test_fixed() -> None:
    one, other = socket.socketpair()
    with one, other:
        asyncio.get_running_loop().add_writer(one.fileno(), int)
        asyncio.get_running_loop().remove_writer(one.fileno())


# mistake: signal_handler_left_on_the_loop

"""A signal handler outlives the test that set it."""

import asyncio
import signal
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such handlers")


async def test_mistake() -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, print)  # HERE


async def test_fixed() -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, print)
    asyncio.get_running_loop().remove_signal_handler(signal.SIGUSR1)


# mistake: task_left_on_a_loop_that_a_module_shares

"""A test leaves a task on a loop that other tests of the module use too."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_fixed() -> None:
    task = asyncio.create_task(asyncio.sleep(60))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(60))  # HERE
    await asyncio.sleep(0)
    assert not task.done()


# mistake: task_of_a_fixture_on_a_loop_that_a_module_shares

"""A fixture for one test leaves its task on a loop that other tests use too."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module")
async def fixed() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(asyncio.sleep(60))
    yield task
    task.cancel()
    await asyncio.wait([task])


@pytest_asyncio.fixture(loop_scope="module")
async def mistaken() -> asyncio.Task[None]:
    return asyncio.create_task(asyncio.sleep(60))  # HERE


async def test_fixed(fixed: asyncio.Task[None]) -> None:
    assert not fixed.done()


async def test_mistake(mistaken: asyncio.Task[None]) -> None:
    assert not mistaken.done()
