# mistake: barrier_with_a_missing_party

"""A barrier waits for more tasks than there are."""

import asyncio


async def test_mistake() -> None:
    barrier = asyncio.Barrier(2)
    await barrier.wait()  # HERE


async def test_fixed() -> None:
    barrier = asyncio.Barrier(2)
    assert sorted(await asyncio.gather(barrier.wait(), barrier.wait())) == [0, 1]


# mistake: busy_loop_that_awaits

"""A test polls for what never comes, and lets others run."""

import asyncio


async def test_mistake() -> None:
    ready: list[int] = []
    while not ready:  # noqa: ASYNC110
        await asyncio.sleep(0)  # HERE


async def test_fixed() -> None:
    ready: list[int] = []
    asyncio.get_running_loop().call_soon(ready.append, 1)
    while not ready:  # noqa: ASYNC110
        await asyncio.sleep(0)


# mistake: callback_that_does_not_return

"""A callback blocks the event loop for good."""

import asyncio
import threading


def wait(event: threading.Event) -> None:
    event.wait()  # HERE


async def test_mistake() -> None:
    asyncio.get_running_loop().call_soon(wait, threading.Event())
    await asyncio.sleep(0)


async def test_fixed() -> None:
    event = threading.Event()
    event.set()
    asyncio.get_running_loop().call_soon(wait, event)
    await asyncio.sleep(0)


# mistake: cancellation_swallowed_in_a_loop

"""A test waits again each time its wait is cancelled."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    while not event.is_set():
        try:
            await event.wait()  # HERE
        except asyncio.CancelledError:
            continue


async def test_fixed() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    while not event.is_set():
        await event.wait()


# mistake: clean_up_that_waits_without_end

"""The clean-up of what is cancelled waits for what never comes."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    try:
        await event.wait()  # HERE
    finally:
        await event.wait()


async def test_fixed() -> None:
    event = asyncio.Event()
    try:
        asyncio.get_running_loop().call_soon(event.set)
        await event.wait()
    finally:
        await event.wait()


# mistake: condition_never_notified

"""A task waits for a condition, and nothing notifies it."""

import asyncio


async def notify(condition: asyncio.Condition) -> None:
    async with condition:
        condition.notify_all()


async def test_mistake() -> None:
    condition = asyncio.Condition()
    async with condition:
        await condition.wait()  # HERE


async def test_fixed() -> None:
    condition = asyncio.Condition()
    async with condition:
        task = asyncio.create_task(notify(condition))
        await condition.wait()
    await task


# mistake: consumers_that_nobody_ends

"""A task group waits for its consumers, and they wait for a queue."""

import asyncio


async def consume(queue: "asyncio.Queue[int | None]") -> None:
    while await queue.get() is not None:  # HERE
        pass


async def test_mistake() -> None:
    queue: asyncio.Queue[int | None] = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(consume(queue))
        await queue.put(1)


async def test_fixed() -> None:
    queue: asyncio.Queue[int | None] = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(consume(queue))
        await queue.put(1)
        await queue.put(None)


# mistake: event_never_set

"""A test waits for an event that nothing sets."""

import asyncio


async def test_mistake() -> None:
    event = asyncio.Event()
    await event.wait()  # HERE


async def test_fixed() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    await event.wait()


# mistake: event_never_set_in_a_fixture_setup

"""A fixture's setup waits for an event that nothing sets."""

import asyncio

import pytest


@pytest.fixture
async def mistaken() -> asyncio.Event:
    event = asyncio.Event()
    await event.wait()  # HERE
    return event


@pytest.fixture
async def fixed() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    await event.wait()
    return event


async def test_mistake(mistaken: asyncio.Event) -> None:
    assert mistaken.is_set()


async def test_fixed(fixed: asyncio.Event) -> None:
    assert fixed.is_set()


# mistake: event_never_set_in_a_fixture_teardown

"""A fixture's teardown waits for an event that nothing sets."""

import asyncio
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def mistaken() -> AsyncIterator[asyncio.Event]:
    event = asyncio.Event()
    yield event
    await event.wait()  # HERE


@pytest.fixture
async def fixed() -> AsyncIterator[asyncio.Event]:
    event = asyncio.Event()
    yield event
    event.set()
    await event.wait()


async def test_mistake(mistaken: asyncio.Event) -> None:
    assert not mistaken.is_set()


async def test_fixed(fixed: asyncio.Event) -> None:
    assert not fixed.is_set()


# mistake: event_never_set_in_a_module_scoped_fixture

"""The setup of a fixture that a module shares waits for what never comes."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fixed() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    await event.wait()
    return event


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> asyncio.Event:
    event = asyncio.Event()
    await event.wait()  # HERE
    return event


@pytest.mark.asyncio(loop_scope="module")
async def test_fixed(fixed: asyncio.Event) -> None:
    assert fixed.is_set()


@pytest.mark.asyncio(loop_scope="module")
async def test_mistake(mistaken: asyncio.Event) -> None:
    assert mistaken.is_set()


# mistake: event_never_set_in_a_task

"""A test awaits a task that waits for an event that nothing sets."""

import asyncio


async def wait_for(event: asyncio.Event) -> None:
    await event.wait()  # HERE


async def test_mistake() -> None:
    task = asyncio.create_task(wait_for(asyncio.Event()))
    await task


async def test_fixed() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(wait_for(event))
    event.set()
    await task


# mistake: event_never_set_in_the_package

"""The package waits for an event that nothing sets."""

import asyncio


async def mistaken() -> None:
    ready = asyncio.Event()
    await ready.wait()  # HERE


async def fixed() -> None:
    ready = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(ready.wait())
        ready.set()


# tests
from my_project.event_never_set_in_the_package import fixed, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_fixed() -> None:
    await fixed()


# mistake: future_never_resolved

"""A test awaits a future that nothing resolves."""

import asyncio


async def test_mistake() -> None:
    future = asyncio.get_running_loop().create_future()
    await future  # HERE


async def test_fixed() -> None:
    future = asyncio.get_running_loop().create_future()
    future.set_result(None)
    await future


# mistake: gather_of_waiting_things

"""A test gathers two waits that do not end."""

import asyncio


async def first(event: asyncio.Event) -> bool:
    return await event.wait()  # HERE


async def second(event: asyncio.Event) -> bool:
    return await event.wait()  # HERE


async def test_mistake() -> None:
    event = asyncio.Event()
    await asyncio.gather(first(event), second(event))


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await asyncio.gather(first(event), second(event))


# mistake: generator_that_is_silent

"""A test loops over a generator that waits for what never comes."""

import asyncio
from collections.abc import AsyncGenerator


async def numbers(more: asyncio.Event) -> AsyncGenerator[int, None]:
    yield 1
    await more.wait()  # HERE
    yield 2


async def test_mistake() -> None:
    assert [number async for number in numbers(asyncio.Event())] == [1, 2]


async def test_fixed() -> None:
    more = asyncio.Event()
    more.set()
    assert [number async for number in numbers(more)] == [1, 2]


# mistake: hang_that_ends_in_a_skip

"""A test takes its cancellation for a reason to skip."""

import asyncio

import pytest


async def test_mistake() -> None:
    try:
        await asyncio.Event().wait()  # HERE
    except asyncio.CancelledError:
        pytest.skip("too slow")


async def test_fixed() -> None:
    try:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()
    except TimeoutError:
        pytest.skip("too slow")


# mistake: kept_generator_whose_clean_up_waits

"""Something keeps a generator whose clean-up waits, and the loop closes it at its end."""

import asyncio
from collections.abc import AsyncGenerator

KEPT: list[AsyncGenerator[int, None]] = []


async def numbers(event: asyncio.Event) -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await event.wait()  # HERE


async def test_mistake() -> None:
    KEPT.append(numbers(asyncio.Event()))
    assert await anext(KEPT[-1]) == 1


async def test_fixed() -> None:
    event = asyncio.Event()
    KEPT.append(numbers(event))
    assert await anext(KEPT[-1]) == 1
    event.set()


# mistake: lock_acquired_twice

"""A task acquires a lock that it holds already."""

import asyncio


async def test_mistake() -> None:
    lock = asyncio.Lock()
    async with lock, lock:  # HERE
        assert lock.locked()


async def test_fixed() -> None:
    lock = asyncio.Lock()
    async with lock:
        assert lock.locked()
    async with lock:
        assert lock.locked()


# mistake: locks_acquired_in_two_orders

"""Two tasks hold a lock each, and wait for the other's."""

import asyncio


async def use(first: asyncio.Lock, second: asyncio.Lock) -> None:
    async with first:
        await asyncio.sleep(0)
        async with second:  # HERE
            pass


async def test_mistake() -> None:
    one, two = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(use(one, two), use(two, one))


async def test_fixed() -> None:
    one, two = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(use(one, two), use(one, two))


# mistake: process_that_does_not_end

"""A test waits for the end of a process that waits for its input."""

import asyncio
import sys
from asyncio.subprocess import PIPE

WAIT = ("-c", "input()")


async def test_mistake() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, *WAIT, stdin=PIPE)
    await process.wait()  # HERE


async def test_fixed() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, *WAIT, stdin=PIPE)
    await process.communicate(b"\n")


# mistake: queue_never_filled

"""A test takes more from a queue than was put there."""

import asyncio


async def test_mistake() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(1)
    assert await queue.get() == 1
    assert await queue.get() == 2  # HERE


async def test_fixed() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(1)
    await queue.put(2)
    assert await queue.get() == 1
    assert await queue.get() == 2


# mistake: queue_never_joined

"""A worker takes what is in a queue, and does not say that it is done."""

import asyncio


async def test_mistake() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(1)
    assert await queue.get() == 1
    await queue.join()  # HERE


async def test_fixed() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    await queue.put(1)
    assert await queue.get() == 1
    queue.task_done()
    await queue.join()


# mistake: server_that_does_not_answer

"""A client waits for the end of a connection that its server keeps open."""

import asyncio
import socket


async def test_mistake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        reader, _ = await asyncio.open_connection(*listening.getsockname())
        assert await reader.read() == b""  # HERE


async def test_fixed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        reader, writer = await asyncio.open_connection(*listening.getsockname())
        listening.accept()[0].close()
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()


# mistake: stream_that_is_silent

"""A test loops over a stream that neither speaks nor ends."""

import asyncio


async def test_mistake() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(b"one\n")
    async for line in reader:  # HERE
        assert line == b"one\n"


async def test_fixed() -> None:
    reader = asyncio.StreamReader()
    reader.feed_data(b"one\n")
    reader.feed_eof()
    async for line in reader:
        assert line == b"one\n"


# mistake: task_group_with_a_waiting_child

"""A task group waits for a task that does not end."""

import asyncio


async def child(event: asyncio.Event) -> None:
    await event.wait()  # HERE


async def test_mistake() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(child(asyncio.Event()))


async def test_fixed() -> None:
    event = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(child(event))
        event.set()


# mistake: task_that_computes_when_it_is_cancelled

"""A task is cancelled at the end of the loop, and holds the loop from then on."""

import asyncio


async def compute(*, on: bool) -> None:
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        while on:  # HERE
            pass
        raise


async def test_mistake() -> None:
    task = asyncio.create_task(compute(on=True))
    await asyncio.sleep(0)
    assert not task.done()


async def test_fixed() -> None:
    task = asyncio.create_task(compute(on=False))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])


# mistake: event_never_set_after_a_fork

"""A test forks, and then waits for an event that nothing sets."""

import asyncio
import os
import sys

import pytest

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="no fork"),
    # The workers of pytest-xdist have threads of their own.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


def fork() -> None:
    if (child := os.fork()) == 0:
        os._exit(0)
    os.waitpid(child, 0)


async def test_mistake() -> None:
    fork()
    await asyncio.Event().wait()  # HERE


async def test_fixed() -> None:
    fork()
    await asyncio.sleep(0)
