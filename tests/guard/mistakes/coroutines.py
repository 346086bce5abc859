"""Mistakes that the check `coroutines` finds: each begins at its name."""

# mistake: async_function_given_to_add_done_callback

"""A task calls an async function when it is done, and drops its coroutine."""

import asyncio


async def report(task: asyncio.Task[None]) -> None:  # HERE
    assert task.done()


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    task.add_done_callback(report)
    await task


async def test_mended() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    await task
    await report(task)


# mistake: async_function_given_to_call_soon

"""The event loop calls an async function as a callback, and drops its coroutine."""

import asyncio


async def notify(event: asyncio.Event) -> None:  # HERE
    event.set()


async def test_mistake() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(notify, event)
    await asyncio.sleep(0)
    assert not event.is_set()


async def test_mended() -> None:
    event = asyncio.Event()
    asyncio.get_running_loop().call_soon(event.set)
    await event.wait()


# mistake: async_function_given_to_to_thread

"""`to_thread` returns the coroutine of an async function, and it is not awaited."""

import asyncio


async def load() -> dict[str, int]:  # HERE
    return {"id": 1}


async def test_mistake() -> None:
    assert await asyncio.to_thread(load)


async def test_mended() -> None:
    assert await load()


# mistake: async_function_in_a_cache

"""The package has a cache keep the coroutine of a function, which no second caller may await."""

import asyncio
from functools import cache

LENGTHS: dict[str, int] = {}


@cache  # HERE
async def mistaken(name: str) -> int:
    await asyncio.sleep(0)
    return len(name)


async def mended(name: str) -> int:
    if name not in LENGTHS:
        await asyncio.sleep(0)
        LENGTHS[name] = len(name)
    return LENGTHS[name]


# tests
from my_project.async_function_in_a_cache import mended


async def test_mended() -> None:
    assert await mended("one") == await mended("one") == 3


# mistake: async_function_in_an_lru_cache_of_a_test

"""A helper of the tests has a cache keep its coroutine."""

import asyncio
import functools


@functools.lru_cache(maxsize=1)  # HERE
async def mistaken() -> int:
    await asyncio.sleep(0)
    return 1


@functools.lru_cache(maxsize=1)
def mended() -> list[int]:
    return [1]


async def test_mended() -> None:
    assert mended() is mended()


# mistake: async_method_as_a_cached_property

"""The package keeps the coroutine of a method as a property."""

import asyncio
from functools import cached_property


class Mistaken:
    @cached_property  # HERE
    async def value(self) -> int:
        await asyncio.sleep(0)
        return 1


class Mended:
    @cached_property
    def value(self) -> asyncio.Future[int]:
        return asyncio.ensure_future(self._compute())

    async def _compute(self) -> int:
        await asyncio.sleep(0)
        return 1


# tests
from my_project.async_method_as_a_cached_property import Mended


async def test_mended() -> None:
    mended = Mended()
    assert await mended.value == await mended.value == 1


# mistake: async_mock_in_place_of_a_sync_function

"""An `AsyncMock` stands for a function that nobody awaits."""

from collections.abc import Callable
from unittest.mock import AsyncMock, Mock


def add(report: Callable[[int], None], number: int) -> int:
    report(number)  # HERE
    return number + 1


async def test_mistake() -> None:
    report = AsyncMock()
    assert add(report, 1) == 2
    report.assert_called_once_with(1)


async def test_mended() -> None:
    report = Mock()
    assert add(report, 1) == 2
    report.assert_called_once_with(1)


# mistake: context_manager_not_entered

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

    async def mended(self) -> None:
        async with self.transaction():
            self.log.append("work")


# tests
from my_project.context_manager_not_entered import Store


async def test_mended() -> None:
    store = Store()
    await store.mended()
    assert store.log == ["begin", "work", "commit"]


# mistake: context_manager_of_an_object_not_entered

"""A test begins no transaction: it only makes what would."""

import pytest
from my_project import DatabaseConnection, DatabaseError


async def test_mistake(database: DatabaseConnection) -> None:
    await database.execute("CREATE TABLE numbers (value INTEGER)")
    database.transaction()  # HERE
    await database.execute("INSERT INTO numbers VALUES (1)")


async def test_mended(database: DatabaseConnection) -> None:
    with pytest.raises(DatabaseError):
        async with database.transaction():
            await database.execute("INSERT INTO numbers VALUES (1)")


# mistake: coroutine_asserted

"""A test asserts the coroutine, which is always true, and not its result."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1)  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    assert await client.get_user(1)


# mistake: coroutine_in_a_class_scoped_fixture

"""A fixture that a class of tests shares does not await its setup."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def mistaken() -> str:
    asyncio.sleep(0)  # HERE
    return "ready"


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def mended() -> str:
    await asyncio.sleep(0)
    return "ready"


class TestMistake:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mistake(self, mistaken: str) -> None:
        assert mistaken == "ready"


class TestMended:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mended(self, mended: str) -> None:
        assert mended == "ready"


# mistake: coroutine_in_a_class_scoped_teardown

"""A fixture that a class of tests shares does not await its teardown."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def mistaken() -> AsyncIterator[str]:
    yield "ready"
    asyncio.sleep(0)  # HERE


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def mended() -> AsyncIterator[str]:
    yield "ready"
    await asyncio.sleep(0)


class TestMistake:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mistake(self, mistaken: str) -> None:
        assert mistaken == "ready"


class TestMended:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mended(self, mended: str) -> None:
        assert mended == "ready"


# mistake: coroutine_in_a_condition

"""An `if` takes the coroutine for the answer, and is always true."""

import asyncio


async def is_empty(queue: asyncio.Queue[int]) -> bool:
    await asyncio.sleep(0)
    return queue.empty()


async def test_mistake() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    if is_empty(queue):  # HERE
        queue.put_nowait(1)
    assert queue.qsize() == 1


async def test_mended() -> None:
    queue: asyncio.Queue[int] = asyncio.Queue()
    if await is_empty(queue):
        queue.put_nowait(1)
    assert queue.qsize() == 1


# mistake: coroutine_in_a_finalizer_of_a_fixture

"""A fixture registers an async function as a finalizer that is not."""

import asyncio
from collections.abc import AsyncIterator

import pytest


async def tidy() -> None:
    await asyncio.sleep(0)


@pytest.fixture
async def mistaken(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: tidy())  # noqa: PLW0108, PT021  # HERE


@pytest.fixture
async def mended() -> AsyncIterator[None]:
    yield
    await tidy()


@pytest.mark.usefixtures("mistaken")
async def test_mistake() -> None:
    await asyncio.sleep(0)


@pytest.mark.usefixtures("mended")
async def test_mended() -> None:
    await asyncio.sleep(0)


# mistake: coroutine_in_a_fixture_setup

"""A fixture does not await what sets it up."""

from collections.abc import AsyncIterator

import pytest
from my_project import AsyncAPIClient


@pytest.fixture
async def mistaken(base_url: str) -> AsyncIterator[AsyncAPIClient]:
    client = AsyncAPIClient(base_url)
    client.connect()  # HERE
    yield client
    await client.disconnect()


@pytest.fixture
async def mended(base_url: str) -> AsyncIterator[AsyncAPIClient]:
    client = AsyncAPIClient(base_url)
    await client.connect()
    yield client
    await client.disconnect()


async def test_mistake(mistaken: AsyncAPIClient) -> None:
    assert await mistaken.get_user(1)


async def test_mended(mended: AsyncAPIClient) -> None:
    assert await mended.get_user(1)


# mistake: coroutine_in_a_fixture_teardown

"""A fixture does not await what tears it down."""

from collections.abc import AsyncIterator

import pytest
from my_project import AsyncAPIClient


@pytest.fixture
async def mistaken(base_url: str) -> AsyncIterator[AsyncAPIClient]:
    client = AsyncAPIClient(base_url)
    yield client
    client.disconnect()  # HERE


@pytest.fixture
async def mended(base_url: str) -> AsyncIterator[AsyncAPIClient]:
    client = AsyncAPIClient(base_url)
    yield client
    await client.disconnect()


async def test_mistake(mistaken: AsyncAPIClient) -> None:
    assert await mistaken.get_user(1)


async def test_mended(mended: AsyncAPIClient) -> None:
    assert await mended.get_user(1)


# mistake: coroutine_in_a_helper

"""A helper that is not async calls an async function."""

from collections.abc import Awaitable

from my_project import AsyncAPIClient


def warm_up(client: AsyncAPIClient) -> None:
    client.connect()  # HERE


def warmed_up(client: AsyncAPIClient) -> Awaitable[None]:
    return client.connect()


async def test_mistake(client: AsyncAPIClient) -> None:
    warm_up(client)


async def test_mended(client: AsyncAPIClient) -> None:
    await warmed_up(client)


# mistake: coroutine_in_a_list

"""A list is built of coroutines, and none of them is awaited."""

import asyncio

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    users = [client.get_user(number) for number in (1, 2)]  # HERE
    assert len(users) == 2


async def test_mended(client: AsyncAPIClient) -> None:
    users = await asyncio.gather(*[client.get_user(number) for number in (1, 2)])
    assert len(users) == 2


# mistake: coroutine_in_a_module_scoped_fixture

"""A fixture that a module shares does not await its setup."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mended() -> str:
    await asyncio.sleep(0)
    return "ready"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> str:
    asyncio.sleep(0)  # HERE
    return "ready"


@pytest.mark.asyncio(loop_scope="module")
async def test_mended(mended: str) -> None:
    assert mended == "ready"


@pytest.mark.asyncio(loop_scope="module")
async def test_mistake(mistaken: str) -> None:
    assert mistaken == "ready"


# mistake: coroutine_in_a_module_scoped_teardown

"""A fixture that a module shares does not await its teardown."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mended() -> AsyncIterator[str]:
    yield "ready"
    await asyncio.sleep(0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> AsyncIterator[str]:
    yield "ready"
    asyncio.sleep(0)  # HERE


@pytest.mark.asyncio(loop_scope="module")
async def test_mended(mended: str) -> None:
    assert mended == "ready"


@pytest.mark.asyncio(loop_scope="module")
async def test_mistake(mistaken: str) -> None:
    assert mistaken == "ready"


# mistake: coroutine_in_a_package

"""The package calls an async function and does not await it."""

import asyncio


async def save(saved: list[int], number: int) -> None:
    await asyncio.sleep(0)
    saved.append(number)


async def mistaken(saved: list[int]) -> None:
    save(saved, 1)  # HERE


async def mended(saved: list[int]) -> None:
    await save(saved, 1)


# tests
from my_project.coroutine_in_a_package import mended, mistaken


async def test_mistake() -> None:
    saved: list[int] = []
    await mistaken(saved)
    assert not saved


async def test_mended() -> None:
    saved: list[int] = []
    await mended(saved)
    assert saved == [1]


# mistake: coroutine_in_a_reference_cycle

"""A cycle of references holds the coroutine until the garbage is collected."""

import asyncio


async def test_mistake() -> None:
    jobs: list[object] = [asyncio.sleep(0)]  # HERE
    jobs.append(jobs)


async def test_mended() -> None:
    job = asyncio.sleep(0)
    jobs: list[object] = [job]
    jobs.append(jobs)
    await job


# mistake: coroutine_in_a_session_scoped_fixture

"""A fixture of the whole session does not await its setup."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mended() -> str:
    await asyncio.sleep(0)
    return "ready"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mistaken() -> str:
    asyncio.sleep(0)  # HERE
    return "ready"


@pytest.mark.asyncio(loop_scope="session")
async def test_mended(mended: str) -> None:
    assert mended == "ready"


@pytest.mark.asyncio(loop_scope="session")
async def test_mistake(mistaken: str) -> None:
    assert mistaken == "ready"


# mistake: coroutine_in_a_session_scoped_teardown

"""A fixture of the whole session does not await its teardown."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mended() -> AsyncIterator[str]:
    yield "ready"
    await asyncio.sleep(0)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mistaken() -> AsyncIterator[str]:
    yield "ready"
    asyncio.sleep(0)  # HERE


@pytest.mark.asyncio(loop_scope="session")
async def test_mended(mended: str) -> None:
    assert mended == "ready"


@pytest.mark.asyncio(loop_scope="session")
async def test_mistake(mistaken: str) -> None:
    assert mistaken == "ready"


# mistake: coroutine_in_a_sync_test

"""A test that is not async calls an async function."""

import asyncio
from collections.abc import Coroutine


async def load() -> dict[str, int]:
    await asyncio.sleep(0)
    return {"id": 1}


def run(job: Coroutine[object, object, dict[str, int]]) -> dict[str, int]:
    with asyncio.Runner() as runner:
        return runner.run(job)


def test_mistake() -> None:
    assert load()  # HERE


def test_mended() -> None:
    assert run(load()) == {"id": 1}


# mistake: coroutine_in_pytest_raises

"""A call inside `pytest.raises` is not awaited, so nothing is raised."""

import pytest
from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        client.get_user(0)  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        await client.get_user(0)


# mistake: coroutine_is_not_none

"""A test asserts that the coroutine is not None, and it never is."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1) is not None  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    assert await client.get_user(1) is not None


# mistake: coroutine_made_at_import

"""A module of tests makes a coroutine when it is imported, and drops it."""

ready: list[int] = []


async def prepare() -> None:
    ready.append(1)


prepare()  # HERE


async def test_mended() -> None:
    await prepare()
    assert ready == [1]


# mistake: coroutine_made_by_a_library

"""The package has a library make a coroutine, deep down, and does not await it."""

from collections.abc import Awaitable, Callable


async def mistaken(send: Callable[[], Awaitable[None]]) -> None:
    send()  # HERE


async def mended(send: Callable[[], Awaitable[None]]) -> None:
    await send()


# tests
from typing import Any

from my_project.coroutine_made_by_a_library import mended, mistaken

LIBRARY = """
def send():
    return checked()

def checked():
    return counted()

def counted():
    return logged()

def logged():
    return really_send()

async def really_send():
    pass
"""
library: dict[str, Any] = {}
exec(compile(LIBRARY, "library.py", "exec"), library)


async def test_mistake() -> None:
    await mistaken(library["send"])


async def test_mended() -> None:
    await mended(library["send"])


# mistake: coroutine_made_in_a_thread

"""A worker thread calls an async function, which runs nowhere."""

import asyncio


def work(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.sleep(0)  # HERE


def worked(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()


async def test_mistake() -> None:
    await asyncio.to_thread(work, asyncio.get_running_loop())


async def test_mended() -> None:
    await asyncio.to_thread(worked, asyncio.get_running_loop())


# mistake: coroutine_not_awaited

"""A test calls an async function and does not await it."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    client.get_user(1)  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    await client.get_user(1)


# mistake: coroutine_of_an_async_mock

"""An `AsyncMock` is called, and the call is not awaited."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    save(1)  # HERE
    save.assert_called_once_with(1)


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once_with(1)


# mistake: coroutine_of_wait

"""`asyncio.wait` is not awaited, so the test does not wait."""

import asyncio


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    asyncio.wait([task])  # HERE
    await task


async def test_mended() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    done, _ = await asyncio.wait([task])
    assert done == {task}


# mistake: coroutine_of_wait_for

"""`wait_for` is not awaited, nor is what it was given."""

import asyncio

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    asyncio.wait_for(client.get_user(1), 5)  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    await asyncio.wait_for(client.get_user(1), 5)


# mistake: coroutines_from_map

"""`map` makes coroutines, and the list of them is taken for the results."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert all(map(client.get_user, [1, 2]))  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    assert all(await client.get_users([1, 2]))


# mistake: generator_asked_and_not_awaited_in_a_helper

"""A helper of the tests asks a generator for a value, and does not await it."""

from collections.abc import AsyncGenerator


async def numbers() -> AsyncGenerator[int]:
    yield 1


async def pass_over(values: AsyncGenerator[int]) -> None:
    anext(values)  # HERE


async def test_mended() -> None:
    values = numbers()
    await anext(values)
    await values.aclose()


# mistake: generator_method_not_awaited

"""The package does not await the end of a generator."""

from collections.abc import AsyncGenerator


async def mistaken(numbers: AsyncGenerator[int]) -> None:
    numbers.aclose()  # HERE


async def mended(numbers: AsyncGenerator[int]) -> None:
    await numbers.aclose()


# tests
from collections.abc import AsyncGenerator

from my_project.generator_method_not_awaited import mended


async def numbers() -> AsyncGenerator[int]:
    yield 1


async def test_mended() -> None:
    await mended(numbers())


# mistake: generator_not_iterated

"""A helper of the tests makes a generator, and sends nothing."""

from collections.abc import AsyncGenerator


async def send(items: list[int], sent: list[int]) -> AsyncGenerator[int]:
    for item in items:
        sent.append(item)
        yield item


async def send_none(sent: list[int]) -> None:
    send([1], sent)  # HERE


async def test_mended() -> None:
    sent: list[int] = []
    assert [item async for item in send([1], sent)] == sent == [1]


# mistake: generator_of_the_package_not_iterated

"""A helper of the tests makes a generator of the package's, and takes nothing from it."""

import my_project
from my_project import async_stream


async def take_none() -> None:
    async_stream()  # HERE
    my_project.async_stream()  # HERE


async def test_mended() -> None:
    async for value in async_stream():
        assert value == 0
        break


# mistake: lock_made_for_each_use

"""The package makes a lock anew where it enters it, and so nobody ever waits."""

import asyncio


class Counter:
    def __init__(self) -> None:
        self.value = 0
        self._lock = asyncio.Lock()

    async def mistaken(self) -> None:
        async with asyncio.Lock():  # HERE
            await self._increase()

    async def mended(self) -> None:
        async with self._lock:
            await self._increase()

    async def _increase(self) -> None:
        value = self.value
        await asyncio.sleep(0)
        self.value = value + 1


# tests
import asyncio

from my_project.lock_made_for_each_use import Counter


async def test_mended() -> None:
    counter = Counter()
    await asyncio.gather(counter.mended(), counter.mended())
    assert counter.value == 2


# mistake: semaphore_made_for_each_call

"""The package makes a semaphore in the function that it is to limit."""

from asyncio import Semaphore, gather, sleep


async def mistaken(number: int) -> int:
    semaphore: Semaphore = Semaphore(2)  # HERE
    async with semaphore:
        await sleep(0)
        return number


async def mended(count: int) -> list[int]:
    semaphore = Semaphore(2)

    async def one(number: int) -> int:
        async with semaphore:
            await sleep(0)
            return number

    return await gather(*map(one, range(count)))


# tests
from my_project.semaphore_made_for_each_call import mended


async def test_mended() -> None:
    assert await mended(3) == [0, 1, 2]


# mistake: timeout_around_a_fixture_s_yield

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
async def mended() -> int:
    async with asyncio.timeout(1):
        await asyncio.sleep(0)
    return 1


async def test_mended(mended: int) -> None:
    assert mended


# mistake: timeout_not_entered

"""The package makes a timeout, and does not enter it."""

import asyncio


async def mistaken() -> None:
    asyncio.timeout(1)  # HERE
    await asyncio.sleep(0)


async def mended() -> None:
    async with asyncio.timeout(1):
        await asyncio.sleep(0)


# tests
from my_project.timeout_not_entered import mended


async def test_mended() -> None:
    await mended()
