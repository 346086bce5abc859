# mistake: async_function_in_a_cache
# found by: an async function under a cache of `functools`

"""The package has a cache keep the coroutine of a function, which no second caller may await."""

import asyncio
from functools import cache

LENGTHS: dict[str, int] = {}


@cache  # HERE
async def mistaken(name: str) -> int:
    await asyncio.sleep(0)
    return len(name)


async def fixed(name: str) -> int:
    if name not in LENGTHS:
        await asyncio.sleep(0)
        LENGTHS[name] = len(name)
    return LENGTHS[name]


# tests
from my_project.async_function_in_a_cache import fixed


async def test_fixed() -> None:
    assert await fixed("one") == await fixed("one") == 3


# mistake: async_function_in_an_lru_cache_of_a_test
# found by: an async function under a cache of `functools`

"""A helper of the tests has a cache keep its coroutine."""

import asyncio
import functools


@functools.lru_cache(maxsize=1)  # HERE
async def mistaken() -> int:
    await asyncio.sleep(0)
    return 1


@functools.lru_cache(maxsize=1)
def fixed() -> list[int]:
    return [1]


async def test_fixed() -> None:
    assert fixed() is fixed()


# mistake: async_method_as_a_cached_property
# found by: an async function under a cache of `functools`

"""The package keeps the coroutine of a method as a property."""

import asyncio
from functools import cached_property


class Mistaken:
    @cached_property  # HERE
    async def value(self) -> int:
        await asyncio.sleep(0)
        return 1


class Fixed:
    @cached_property
    def value(self) -> asyncio.Future[int]:
        return asyncio.ensure_future(self._compute())

    async def _compute(self) -> int:
        await asyncio.sleep(0)
        return 1


# tests
from my_project.async_method_as_a_cached_property import Fixed


async def test_fixed() -> None:
    fixed = Fixed()
    assert await fixed.value == await fixed.value == 1


# mistake: base_exception_caught
# found by: a cancellation that is swallowed

"""The package logs every exception, its cancellation too, and goes on."""

import asyncio
import logging


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except ValueError:
        raise
    except BaseException:  # HERE
        logging.getLogger(__name__).exception("failed")


async def fixed(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except asyncio.CancelledError:
        raise
    except BaseException:
        logging.getLogger(__name__).exception("failed")


# tests
import asyncio

from my_project.base_exception_caught import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await fixed(event)


# mistake: base_exception_raised_but_for_a_cancellation
# found by: a cancellation that is swallowed

"""A handler raises some of what it catches, and a cancellation is not among that."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except BaseException as error:  # HERE
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        print(error)


async def fixed(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except BaseException as error:
        if not isinstance(error, Exception):
            raise
        print(error)


# tests
import asyncio

from my_project.base_exception_raised_but_for_a_cancellation import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await fixed(event)


# mistake: base_exception_suppressed
# found by: a cancellation that is swallowed

"""The package suppresses every exception, its cancellation too."""

import asyncio
import contextlib


async def mistaken(event: asyncio.Event) -> None:
    async with asyncio.Lock():
        with contextlib.suppress(BaseException):  # HERE
            await event.wait()


async def fixed(event: asyncio.Event) -> None:
    async with asyncio.Lock():
        with contextlib.suppress(OSError):
            await event.wait()


# tests
import asyncio

import pytest
from my_project.base_exception_suppressed import fixed


async def test_fixed() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await fixed(asyncio.Event())


# mistake: cancelled_error_among_others
# found by: a cancellation that is swallowed

"""The package catches its cancellation together with other errors."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    while not event.is_set():
        try:
            await event.wait()
        except (ValueError, asyncio.CancelledError):  # HERE
            event.clear()


async def fixed(event: asyncio.Event) -> None:
    while not event.is_set():
        try:
            await event.wait()
        except ValueError:
            event.clear()


# tests
import asyncio

from my_project.cancelled_error_among_others import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await fixed(event)


# mistake: cancelled_error_caught_around_a_loop
# found by: a cancellation that is swallowed

"""The package catches the cancellation of a whole loop over a stream."""

import asyncio
from collections.abc import AsyncIterable


async def mistaken(lines: AsyncIterable[bytes], received: list[bytes]) -> None:
    try:
        async for line in lines:
            received += [line]
    except asyncio.exceptions.CancelledError:  # HERE
        received.clear()


async def fixed(lines: AsyncIterable[bytes], received: list[bytes]) -> None:
    try:
        async for line in lines:
            received += [line]
    except asyncio.exceptions.CancelledError:
        received.clear()
        raise


# tests

import asyncio

from my_project.cancelled_error_caught_around_a_loop import fixed


async def test_fixed() -> None:
    reader, received = asyncio.StreamReader(), list[bytes]()
    reader.feed_data(b"one\n")
    reader.feed_eof()
    await fixed(reader, received)
    assert received == [b"one\n"]


# mistake: cancelled_error_in_a_constant
# found by: a cancellation that is swallowed

"""A constant of the module holds what is caught, a `CancelledError` too."""

import asyncio
import contextlib

NETWORK_ERRORS = (OSError, EOFError)
EXPECTED_ERRORS = (*NETWORK_ERRORS, asyncio.CancelledError)


async def mistaken(event: asyncio.Event) -> None:
    with contextlib.suppress(*EXPECTED_ERRORS):  # HERE
        await event.wait()
    try:
        await event.wait()
    except EXPECTED_ERRORS:  # HERE
        event.set()


async def fixed(event: asyncio.Event) -> None:
    with contextlib.suppress(*NETWORK_ERRORS):
        await event.wait()
    try:
        await event.wait()
    except NETWORK_ERRORS:
        event.set()


# tests
import asyncio

from my_project.cancelled_error_in_a_constant import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await fixed(event)


# mistake: cancelled_error_in_a_context_manager
# found by: a cancellation that is swallowed

"""A context manager swallows the cancellation of the block that it is for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def mistaken(event: asyncio.Event) -> AsyncIterator[None]:
    try:
        yield
    except asyncio.CancelledError:  # HERE
        event.set()


@asynccontextmanager
async def fixed(event: asyncio.Event) -> AsyncIterator[None]:
    try:
        yield
    finally:
        event.set()


# tests
import asyncio

import pytest
from my_project.cancelled_error_in_a_context_manager import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), fixed(event):
            await asyncio.Event().wait()
    assert event.is_set()


# mistake: cancelled_error_in_except_star
# found by: a cancellation that is swallowed

"""The package catches its cancellation with `except*`."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except* OSError:
        raise
    except* asyncio.CancelledError:  # HERE
        event.set()


async def fixed(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except* asyncio.CancelledError:
        event.set()
        raise


# tests
import asyncio

from my_project.cancelled_error_in_except_star import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await fixed(event)


# mistake: cancelled_error_passed_over
# found by: a cancellation that is swallowed

"""The package catches its cancellation and goes on."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:  # noqa: SIM105
        await event.wait()
    except asyncio.CancelledError:  # HERE
        pass


async def fixed(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except asyncio.CancelledError:
        event.set()
        raise


# tests
import asyncio

import pytest
from my_project.cancelled_error_passed_over import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(fixed(event))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# mistake: cancelled_error_suppressed
# found by: a cancellation that is swallowed

"""The package suppresses its cancellation."""

import asyncio
from contextlib import suppress


async def mistaken(event: asyncio.Event) -> None:
    with suppress(asyncio.CancelledError):  # HERE
        await event.wait()


async def fixed(event: asyncio.Event) -> None:
    task = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


# tests
import asyncio

from my_project.cancelled_error_suppressed import fixed


async def test_fixed() -> None:
    await fixed(asyncio.Event())


# mistake: cancelled_error_suppressed_by_a_constant
# found by: a cancellation that is swallowed

"""The package suppresses its cancellation under a name of its own."""

import asyncio
from contextlib import suppress

QUIETLY = suppress(asyncio.CancelledError)


async def mistaken(event: asyncio.Event) -> None:
    with QUIETLY:  # HERE
        await event.wait()


async def fixed(event: asyncio.Event) -> None:
    task = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    task.cancel()
    with QUIETLY:
        await task


# tests
import asyncio

from my_project.cancelled_error_suppressed_by_a_constant import fixed


async def test_fixed() -> None:
    await fixed(asyncio.Event())


# mistake: cancelled_error_turned_into_a_result
# found by: a cancellation that is swallowed

"""The package returns a value where it is cancelled."""

from asyncio import CancelledError, Event


async def mistaken(event: Event) -> bool:
    try:
        return await event.wait()
    except CancelledError:  # HERE
        return False


async def fixed(event: Event) -> bool:
    return await event.wait()


# tests
import asyncio

import pytest
from my_project.cancelled_error_turned_into_a_result import fixed


async def test_fixed() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await fixed(asyncio.Event())


# mistake: cancelled_error_turned_into_an_error
# found by: a cancellation that is swallowed

"""The package raises an error of its own where it is cancelled."""

import asyncio


class LoadError(Exception):
    pass


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except (OSError, asyncio.CancelledError) as error:  # HERE
        raise LoadError("cannot load") from error


async def fixed(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except OSError as error:
        raise LoadError("cannot load") from error


# tests
import asyncio

import pytest
from my_project.cancelled_error_turned_into_an_error import fixed


async def test_fixed() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await fixed(asyncio.Event())


# mistake: cancelled_error_under_another_name
# found by: a cancellation that is swallowed

"""The package catches its cancellation by the name it gave it."""

import asyncio as aio
import contextlib as managers
from asyncio import CancelledError as Cancelled


async def mistaken(event: aio.Event) -> None:
    try:
        await event.wait()
    except Cancelled:  # HERE
        event.set()
    with managers.suppress(Cancelled):  # HERE
        await event.wait()


async def fixed(event: aio.Event) -> None:
    try:
        await event.wait()
    except Cancelled as error:
        event.set()
        raise Cancelled("set") from error


# tests
import asyncio

from my_project.cancelled_error_under_another_name import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await fixed(event)


# mistake: computing_in_c_in_the_event_loop
# found by: long computing in the event loop

"""One call of the package computes for a second and more, without a Python line."""

import asyncio
import hashlib

KEY = b"key"


def stretched(rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", KEY, KEY, rounds)  # HERE


async def mistaken(rounds: int) -> bytes:
    return stretched(rounds)


async def fixed(rounds: int) -> bytes:
    return await asyncio.to_thread(stretched, rounds)


# tests
from my_project.computing_in_c_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken(2_000_000)


async def test_fixed() -> None:
    assert await fixed(2_000_000)


# mistake: computing_in_the_event_loop
# found by: long computing in the event loop

"""The package computes for a second and more, and nothing else runs."""

import asyncio
import time


def computed(seconds: float) -> int:
    until = time.thread_time() + seconds
    return sum(1 for _ in iter(lambda: time.thread_time() < until, False))  # HERE


async def mistaken(seconds: float) -> int:
    return computed(seconds)


async def fixed(seconds: float) -> int:
    return await asyncio.to_thread(computed, seconds)


# tests
from my_project.computing_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken(1.5)


async def test_fixed() -> None:
    assert await fixed(1.5)


# mistake: context_manager_not_entered
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""The package begins no transaction: it only makes what would."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


class Store:
    def __init__(self) -> None:
        self.log: list[str] = []

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[None]:
        self.log.append("begin")
        yield
        self.log.append("commit")

    async def mistaken(self) -> None:
        self.transaction()  # HERE

    async def fixed(self) -> None:
        async with self.transaction():
            self.log.append("work")


# tests
from my_project.context_manager_not_entered import Store


async def test_fixed() -> None:
    store = Store()
    await store.fixed()
    assert store.log == ["begin", "work", "commit"]


# mistake: context_manager_of_an_object_not_entered
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""A test begins no transaction: it only makes what would."""

import pytest
from my_project import DatabaseConnection, DatabaseError


async def test_mistake(database: DatabaseConnection) -> None:
    await database.execute("CREATE TABLE numbers (value INTEGER)")
    database.transaction()  # HERE
    await database.execute("INSERT INTO numbers VALUES (1)")


async def test_fixed(database: DatabaseConnection) -> None:
    with pytest.raises(DatabaseError):
        async with database.transaction():
            await database.execute("INSERT INTO numbers VALUES (1)")


# mistake: event_set_from_a_thread
# found by: an event loop used from another thread

"""A test sets an event from a thread, of which the loop hears by chance."""

import asyncio


async def test_mistake() -> None:  # HERE
    event = asyncio.Event()
    waiter = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    await asyncio.to_thread(event.set)
    assert await waiter


async def test_fixed() -> None:
    loop = asyncio.get_running_loop()
    event = asyncio.Event()
    waiter = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    await asyncio.to_thread(lambda: loop.call_soon_threadsafe(event.set))
    assert await waiter


# mistake: exception_of_a_kept_task_in_a_runner
# found by: an exception of a task that something holds until the end of the run

"""A sync test has a runner, and keeps a task that failed unseen."""

import asyncio

KEPT = []


async def failing() -> None:
    raise LookupError("lost")  # HERE


def test_mistake() -> None:
    async def main() -> None:
        KEPT.append(asyncio.create_task(failing()))
        await asyncio.sleep(0)

    with asyncio.Runner() as runner:
        runner.run(main())


def test_fixed() -> None:
    async def main() -> None:
        tasks = await asyncio.gather(failing(), return_exceptions=True)
        assert len(tasks) == 1

    with asyncio.Runner() as runner:
        runner.run(main())


# mistake: exception_of_a_pool_s_job
# found by: an exception kept in a future of a pool or of another thread

"""The package gives a pool a job that fails, and does not ask for its result."""

from concurrent.futures import ThreadPoolExecutor


async def mistaken() -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(int, "many")  # HERE


async def fixed() -> BaseException | None:
    with ThreadPoolExecutor() as pool:
        job = pool.submit(int, "many")
    return job.exception()


# tests
from my_project.exception_of_a_pool_s_job import fixed, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_fixed() -> None:
    assert isinstance(await fixed(), ValueError)


# mistake: exception_of_a_task_that_is_kept
# found by: an exception of a task that something holds until the end of the run

"""A task fails, and a list that outlives the test keeps it."""

import asyncio

import pytest

KEPT: list[asyncio.Task[None]] = []


async def fail() -> None:
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    KEPT.append(asyncio.create_task(fail()))
    await asyncio.sleep(0)
    assert KEPT[-1].done()


async def test_fixed() -> None:
    KEPT.append(asyncio.create_task(fail()))
    with pytest.raises(ValueError, match="no"):
        await KEPT[-1]


# mistake: exception_of_an_eager_task_that_is_kept
# found by: an exception of a task that something holds until the end of the run

"""A task fails at its very start, where Python has eager tasks, and is kept."""

import asyncio

import pytest

KEPT: list[asyncio.Task[None]] = []


def be_eager() -> None:
    factory = getattr(asyncio, "eager_task_factory", None)
    asyncio.get_running_loop().set_task_factory(factory)


async def fail() -> None:
    raise ValueError("at once")  # HERE


async def test_mistake() -> None:
    be_eager()
    KEPT.append(asyncio.create_task(fail()))
    await asyncio.sleep(0)


async def test_fixed() -> None:
    be_eager()
    KEPT.append(asyncio.create_task(fail()))
    with pytest.raises(ValueError, match="at once"):
        await KEPT[-1]


# mistake: exception_of_run_coroutine_threadsafe
# found by: an exception kept in a future of a pool or of another thread

"""A thread gives the loop a coroutine that fails, and does not ask for its result."""

import asyncio


async def fail() -> None:
    await asyncio.sleep(0)
    raise ValueError("unseen")


async def test_mistake() -> None:
    loop = asyncio.get_running_loop()

    def work() -> None:
        asyncio.run_coroutine_threadsafe(fail(), loop)  # HERE

    await asyncio.to_thread(work)
    await asyncio.sleep(0.01)


async def test_fixed() -> None:
    loop = asyncio.get_running_loop()

    def result() -> BaseException | None:
        return asyncio.run_coroutine_threadsafe(fail(), loop).exception()

    assert isinstance(await asyncio.to_thread(result), ValueError)


# mistake: exit_stack_left_open
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""The package keeps a stack of what it has opened, and does not close it."""

from contextlib import AsyncExitStack
from types import TracebackType
from typing import Self


class Service:
    def __init__(self, log: list[str]) -> None:
        self._log = log

    async def start(self) -> None:
        self._stack = AsyncExitStack()  # HERE
        self._stack.callback(self._log.append, "closed")

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._stack.aclose()


# tests
from my_project.exit_stack_left_open import Service


async def test_mistake() -> None:
    log: list[str] = []
    await Service(log).start()
    assert log == []


async def test_fixed() -> None:
    log: list[str] = []
    async with Service(log):
        assert log == []
    assert log == ["closed"]


# mistake: file_locked_in_the_event_loop
# found by: a wait inside C code: `with lock:`, `SimpleQueue.get`, `flock`, signals

"""The package waits for the lock of a file, which another process may hold."""

import asyncio
import fcntl
from io import FileIO


async def mistaken(file: FileIO) -> None:
    fcntl.flock(file, fcntl.LOCK_EX)  # HERE
    fcntl.flock(file, fcntl.LOCK_UN)


async def fixed(file: FileIO) -> None:
    await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
    fcntl.flock(file, fcntl.LOCK_UN)


# tests
from io import FileIO
from pathlib import Path

from my_project.file_locked_in_the_event_loop import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    with FileIO(tmp_path / "lock", "w") as file:
        await mistaken(file)


async def test_fixed(tmp_path: Path) -> None:
    with FileIO(tmp_path / "lock", "w") as file:
        await fixed(file)


# mistake: file_that_is_kept_open
# found by: an open file that something holds until the end of the run

"""An object that outlives the test keeps its file open."""

from pathlib import Path
from typing import TextIO

KEPT: list[TextIO] = []


async def test_mistake(tmp_path: Path) -> None:
    KEPT.append((tmp_path / "log").open("w"))  # HERE
    assert KEPT[-1].writable()


async def test_fixed(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as log:
        KEPT.append(log)
        assert KEPT[-1].writable()


# mistake: future_resolved_from_a_thread
# found by: an event loop used from another thread

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


async def test_fixed() -> None:
    loop = asyncio.get_running_loop()
    set_ = asyncio.Future.set_result
    assert await resolved(lambda one: loop.call_soon_threadsafe(set_, one, 1)) == 1


# mistake: generator_not_iterated
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""A helper of the tests makes a generator, and sends nothing."""

from collections.abc import AsyncGenerator


async def send(items: list[int], sent: list[int]) -> AsyncGenerator[int]:
    for item in items:
        sent.append(item)
        yield item


async def send_none(sent: list[int]) -> None:
    send([1], sent)  # HERE


async def test_fixed() -> None:
    sent: list[int] = []
    assert [item async for item in send([1], sent)] == sent == [1]


# mistake: generator_of_the_package_not_iterated
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""A helper of the tests makes a generator of the package's, and takes nothing from it."""

import my_project
from my_project import async_stream


async def take_none() -> None:
    async_stream()  # HERE
    my_project.async_stream()  # HERE


async def test_fixed() -> None:
    async for value in async_stream():
        assert value == 0
        break


# mistake: lines_read_from_a_file_of_a_thread
# found by: a wait inside C code: `with lock:`, `SimpleQueue.get`, `flock`, signals

"""A thread opens a file, but the package reads its lines in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> list[str]:
    with await asyncio.to_thread(path.open) as file:
        return [line.strip() for line in file]  # HERE


async def fixed(path: Path) -> list[str]:
    with await asyncio.to_thread(path.open) as file:
        return [line.strip() for line in await asyncio.to_thread(file.readlines)]


# tests
from pathlib import Path

from my_project.lines_read_from_a_file_of_a_thread import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mistaken(tmp_path / "users") == ["Ada", "Alan"]


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await fixed(tmp_path / "users") == ["Ada", "Alan"]


# mistake: lock_entered_in_the_event_loop
# found by: a wait inside C code: `with lock:`, `SimpleQueue.get`, `flock`, signals

"""The package enters a `with` of a thread's lock that is taken."""

import asyncio
import threading


async def mistaken(lock: threading.Lock) -> None:
    with lock:  # HERE
        pass


async def fixed(lock: threading.Lock) -> None:
    await asyncio.to_thread(lock.acquire)
    lock.release()


# tests
import threading

from my_project.lock_entered_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    lock = threading.Lock()
    timer = threading.Timer(1, lock.release)
    lock.acquire()
    timer.start()
    await mistaken(lock)
    timer.join()


async def test_fixed() -> None:
    lock = threading.Lock()
    timer = threading.Timer(1, lock.release)
    lock.acquire()
    timer.start()
    await fixed(lock)
    timer.join()


# mistake: lock_made_for_each_use
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""The package makes a lock anew where it enters it, and so nothing ever waits."""

import asyncio


class Counter:
    def __init__(self) -> None:
        self.value = 0
        self._lock = asyncio.Lock()

    async def mistaken(self) -> None:
        async with asyncio.Lock():  # HERE
            await self._increase()

    async def fixed(self) -> None:
        async with self._lock:
            await self._increase()

    async def _increase(self) -> None:
        value = self.value
        await asyncio.sleep(0)
        self.value = value + 1


# tests
import asyncio

from my_project.lock_made_for_each_use import Counter


async def test_fixed() -> None:
    counter = Counter()
    await asyncio.gather(counter.fixed(), counter.fixed())
    assert counter.value == 2


# mistake: queue_filled_from_a_thread
# found by: an event loop used from another thread

"""The package fills a queue from a thread, of which the loop hears by chance."""

import asyncio
import threading


async def mistaken() -> int:
    queue = asyncio.Queue[int]()

    def fill() -> None:
        queue.put_nowait(1)  # HERE

    return await filled(queue, fill)


async def fixed() -> int:
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
from my_project.queue_filled_from_a_thread import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 1


async def test_fixed() -> None:
    assert await fixed() == 1


# mistake: queue_of_processes_waited_for
# found by: a wait inside C code: `with lock:`, `SimpleQueue.get`, `flock`, signals

"""The package waits for a queue of another process in the event loop."""

import asyncio
from multiprocessing.queues import Queue


async def mistaken(numbers: "Queue[int]") -> int:
    return numbers.get()  # HERE


async def fixed(numbers: "Queue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import multiprocessing
from collections.abc import Iterator
from multiprocessing.queues import Queue

import pytest
from my_project.queue_of_processes_waited_for import fixed, mistaken


@pytest.fixture
def numbers() -> "Iterator[Queue[int]]":
    numbers: Queue[int] = multiprocessing.Queue()
    numbers.put(1)
    yield numbers
    numbers.close()
    numbers.join_thread()


async def test_mistake(numbers: "Queue[int]") -> None:
    assert await mistaken(numbers) == 1


async def test_fixed(numbers: "Queue[int]") -> None:
    assert await fixed(numbers) == 1


# mistake: rlock_entered_in_the_event_loop
# found by: a wait inside C code: `with lock:`, `SimpleQueue.get`, `flock`, signals

"""The package enters a `with` of a lock that another thread holds for a moment."""

import asyncio
import threading


def enter(lock: threading.RLock) -> None:
    with lock:  # HERE
        pass


async def mistaken(lock: threading.RLock) -> None:
    enter(lock)


async def fixed(lock: threading.RLock) -> None:
    await asyncio.to_thread(enter, lock)


# tests
import asyncio
import threading
import time

from my_project.rlock_entered_in_the_event_loop import fixed, mistaken


def hold(lock: threading.RLock, held: threading.Event) -> None:
    with lock:
        held.set()
        time.sleep(0.1)


async def test_mistake() -> None:
    lock, held = threading.RLock(), threading.Event()
    holding = asyncio.create_task(asyncio.to_thread(hold, lock, held))
    await asyncio.to_thread(held.wait)
    await mistaken(lock)
    await holding


async def test_fixed() -> None:
    lock, held = threading.RLock(), threading.Event()
    holding = asyncio.create_task(asyncio.to_thread(hold, lock, held))
    await asyncio.to_thread(held.wait)
    await fixed(lock)
    await holding


# mistake: semaphore_made_for_each_call
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""The package makes a semaphore in the function that it is to limit."""

from asyncio import Semaphore, gather, sleep


async def mistaken(number: int) -> int:
    semaphore: Semaphore = Semaphore(2)  # HERE
    async with semaphore:
        await sleep(0)
        return number


async def fixed(count: int) -> list[int]:
    semaphore = Semaphore(2)

    async def one(number: int) -> int:
        async with semaphore:
            await sleep(0)
            return number

    return await gather(*map(one, range(count)))


# tests
from my_project.semaphore_made_for_each_call import fixed


async def test_fixed() -> None:
    assert await fixed(3) == [0, 1, 2]


# mistake: signal_waited_for
# found by: a wait inside C code: `with lock:`, `SimpleQueue.get`, `flock`, signals

"""The package waits for a signal in the event loop."""

import asyncio
import signal


async def mistaken() -> None:
    signal.sigtimedwait([signal.SIGUSR1], 0.01)  # HERE


async def fixed() -> None:
    received = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, received.set)
    signal.raise_signal(signal.SIGUSR1)
    await received.wait()
    loop.remove_signal_handler(signal.SIGUSR1)


# tests
from my_project.signal_waited_for import fixed, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_fixed() -> None:
    await fixed()


# mistake: simple_queue_waited_for
# found by: a wait inside C code: `with lock:`, `SimpleQueue.get`, `flock`, signals

"""The package waits for a simple queue of another thread in the event loop."""

import asyncio
import queue


async def mistaken(numbers: "queue.SimpleQueue[int]") -> int:
    return numbers.get()  # HERE


async def fixed(numbers: "queue.SimpleQueue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import queue
import threading

from my_project.simple_queue_waited_for import fixed, mistaken


async def test_mistake() -> None:
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mistaken(numbers) == 1
    timer.join()


async def test_fixed() -> None:
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await fixed(numbers) == 1
    timer.join()


# mistake: temporary_file_left_open
# found by: a `NamedTemporaryFile` that is dropped open, before Python 3.12

"""A temporary file with a name is not closed."""

from tempfile import NamedTemporaryFile


async def test_mistake() -> None:
    file = NamedTemporaryFile()  # noqa: SIM115  # HERE
    assert file.write(b"x") == 1


async def test_fixed() -> None:
    with NamedTemporaryFile() as file:
        assert file.write(b"x") == 1


# mistake: thread_s_lock_held_over_an_await
# found by: a wait inside C code: `with lock:`, `SimpleQueue.get`, `flock`, signals

"""The package takes a thread's lock, and waits for something else while it has it."""

import asyncio
import threading


class Counter:
    def __init__(self) -> None:
        self.value = 0
        self._lock = threading.Lock()
        self._async_lock = asyncio.Lock()

    async def mistaken(self) -> None:
        with self._lock:  # HERE
            await self._increase()

    async def fixed(self) -> None:
        async with self._async_lock:
            await self._increase()

    async def _increase(self) -> None:
        value = self.value
        await asyncio.sleep(0)
        with self._lock:
            self.value = value + 1


# tests
import asyncio

from my_project.thread_s_lock_held_over_an_await import Counter


async def test_fixed() -> None:
    counter = Counter()
    await asyncio.gather(counter.fixed(), counter.fixed())
    assert counter.value == 2


# mistake: timeout_around_a_fixture_s_yield
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""A fixture has a timeout that is to last while the test runs, in another task."""

import asyncio
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def limited() -> AsyncIterator[int]:
    async with asyncio.timeout(1):  # HERE
        await asyncio.sleep(0)
        yield 1


@pytest.fixture
async def fixed() -> int:
    async with asyncio.timeout(1):
        await asyncio.sleep(0)
    return 1


async def test_fixed(fixed: int) -> None:
    assert fixed


# mistake: timeout_not_entered
# found by: a context manager, generator, timeout or lock that is made and has no effect

"""The package makes a timeout, and does not enter it."""

import asyncio


async def mistaken() -> None:
    asyncio.timeout(1)  # HERE
    await asyncio.sleep(0)


async def fixed() -> None:
    async with asyncio.timeout(1):
        await asyncio.sleep(0)


# tests
from my_project.timeout_not_entered import fixed


async def test_fixed() -> None:
    await fixed()


# mistake: true_returned_from_aexit
# found by: a cancellation that is swallowed

"""`__aexit__` returns `True`, whatever the exception is."""

from typing import Self


class Mistaken:
    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, error: object, _: object) -> bool:
        if error is not None:
            print(error)
            return True  # HERE
        return False


class Fixed:
    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, error: object, _: object) -> bool:
        return isinstance(error, KeyError)


# tests
import asyncio

import pytest
from my_project.true_returned_from_aexit import Fixed


async def test_fixed() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), Fixed():
            await asyncio.Event().wait()


# mistake: truth_of_the_exception_returned_from_aexit
# found by: a cancellation that is swallowed

"""`__aexit__` returns whether there is an exception: it swallows each."""


class Mistaken:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return kind is not None  # HERE


class MistakenToo:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return bool(error)  # HERE


class Fixed:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return kind is not None and issubclass(kind, ValueError)


# tests
import pytest
from my_project.truth_of_the_exception_returned_from_aexit import Fixed


async def test_fixed() -> None:
    async with Fixed():
        raise ValueError
    with pytest.raises(KeyError):
        async with Fixed():
            raise KeyError
