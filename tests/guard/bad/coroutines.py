# mistake: assertion_of_a_mock_in_a_helper

"""A helper of the tests calls `awaited_with`, which is no assertion."""

from unittest.mock import AsyncMock


def check(save: AsyncMock) -> None:
    assert save.awaited_with(2)  # noqa: PGH005  # HERE


def check_it(save: AsyncMock) -> None:
    save.assert_awaited_with(1)


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    check(save)


async def test_fixed() -> None:
    save = AsyncMock()
    await save(1)
    check_it(save)


# mistake: assertion_of_a_mock_misspelt

"""A test calls `awaited_once_with`, which is no assertion."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    save.awaited_once_with(2)  # HERE


async def test_fixed() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once_with(1)


# mistake: async_function_given_to_add_done_callback

"""A task calls an async function when it is done, and drops its coroutine."""

import asyncio


async def report(task: asyncio.Task[None]) -> None:  # HERE
    assert task.done()


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    task.add_done_callback(report)
    await task


async def test_fixed() -> None:
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


async def test_fixed() -> None:
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


async def test_fixed() -> None:
    assert await load()


# mistake: async_mock_in_place_of_a_sync_function

"""An `AsyncMock` stands for a function that nothing awaits."""

from collections.abc import Callable
from unittest.mock import AsyncMock, Mock


def add(report: Callable[[int], None], number: int) -> int:
    report(number)  # HERE
    return number + 1


async def test_mistake() -> None:
    report = AsyncMock()
    assert add(report, 1) == 2
    report.assert_called_once_with(1)


async def test_fixed() -> None:
    report = Mock()
    assert add(report, 1) == 2
    report.assert_called_once_with(1)


# mistake: coroutine_asserted

"""A test asserts the coroutine, which is always true, and not its result."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1)  # HERE


async def test_fixed(client: AsyncAPIClient) -> None:
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
async def fixed() -> str:
    await asyncio.sleep(0)
    return "ready"


class TestMistake:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mistake(self, mistaken: str) -> None:
        assert mistaken == "ready"


class TestFixed:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_fixed(self, fixed: str) -> None:
        assert fixed == "ready"


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
async def fixed() -> AsyncIterator[str]:
    yield "ready"
    await asyncio.sleep(0)


class TestMistake:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_mistake(self, mistaken: str) -> None:
        assert mistaken == "ready"


class TestFixed:
    @pytest.mark.asyncio(loop_scope="class")
    async def test_fixed(self, fixed: str) -> None:
        assert fixed == "ready"


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


async def test_fixed() -> None:
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
async def fixed() -> AsyncIterator[None]:
    yield
    await tidy()


@pytest.mark.usefixtures("mistaken")
async def test_mistake() -> None:
    await asyncio.sleep(0)


@pytest.mark.usefixtures("fixed")
async def test_fixed() -> None:
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
async def fixed(base_url: str) -> AsyncIterator[AsyncAPIClient]:
    client = AsyncAPIClient(base_url)
    await client.connect()
    yield client
    await client.disconnect()


async def test_mistake(mistaken: AsyncAPIClient) -> None:
    assert await mistaken.get_user(1)


async def test_fixed(fixed: AsyncAPIClient) -> None:
    assert await fixed.get_user(1)


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
async def fixed(base_url: str) -> AsyncIterator[AsyncAPIClient]:
    client = AsyncAPIClient(base_url)
    yield client
    await client.disconnect()


async def test_mistake(mistaken: AsyncAPIClient) -> None:
    assert await mistaken.get_user(1)


async def test_fixed(fixed: AsyncAPIClient) -> None:
    assert await fixed.get_user(1)


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


async def test_fixed(client: AsyncAPIClient) -> None:
    await warmed_up(client)


# mistake: coroutine_in_a_list

"""A list is built of coroutines, and none of them is awaited."""

import asyncio

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    users = [client.get_user(number) for number in (1, 2)]  # HERE
    assert len(users) == 2


async def test_fixed(client: AsyncAPIClient) -> None:
    users = await asyncio.gather(*[client.get_user(number) for number in (1, 2)])
    assert len(users) == 2


# mistake: coroutine_in_a_module_scoped_fixture

"""A fixture that a module shares does not await its setup."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def fixed() -> str:
    await asyncio.sleep(0)
    return "ready"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> str:
    asyncio.sleep(0)  # HERE
    return "ready"


@pytest.mark.asyncio(loop_scope="module")
async def test_fixed(fixed: str) -> None:
    assert fixed == "ready"


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
async def fixed() -> AsyncIterator[str]:
    yield "ready"
    await asyncio.sleep(0)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> AsyncIterator[str]:
    yield "ready"
    asyncio.sleep(0)  # HERE


@pytest.mark.asyncio(loop_scope="module")
async def test_fixed(fixed: str) -> None:
    assert fixed == "ready"


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


async def fixed(saved: list[int]) -> None:
    await save(saved, 1)


# tests
from my_project.coroutine_in_a_package import fixed, mistaken


async def test_mistake() -> None:
    saved: list[int] = []
    await mistaken(saved)
    assert not saved


async def test_fixed() -> None:
    saved: list[int] = []
    await fixed(saved)
    assert saved == [1]


# mistake: coroutine_in_a_reference_cycle

"""A cycle of references holds the coroutine until the garbage is collected."""

import asyncio


async def test_mistake() -> None:
    jobs: list[object] = [asyncio.sleep(0)]  # HERE
    jobs.append(jobs)


async def test_fixed() -> None:
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
async def fixed() -> str:
    await asyncio.sleep(0)
    return "ready"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mistaken() -> str:
    asyncio.sleep(0)  # HERE
    return "ready"


@pytest.mark.asyncio(loop_scope="session")
async def test_fixed(fixed: str) -> None:
    assert fixed == "ready"


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
async def fixed() -> AsyncIterator[str]:
    yield "ready"
    await asyncio.sleep(0)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def mistaken() -> AsyncIterator[str]:
    yield "ready"
    asyncio.sleep(0)  # HERE


@pytest.mark.asyncio(loop_scope="session")
async def test_fixed(fixed: str) -> None:
    assert fixed == "ready"


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


def test_fixed() -> None:
    assert run(load()) == {"id": 1}


# mistake: coroutine_in_pytest_raises

"""A call inside `pytest.raises` is not awaited, so nothing is raised."""

import pytest
from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        client.get_user(0)  # HERE


async def test_fixed(client: AsyncAPIClient) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        await client.get_user(0)


# mistake: coroutine_is_not_none

"""A test asserts that the coroutine is not None, and it never is."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1) is not None  # HERE


async def test_fixed(client: AsyncAPIClient) -> None:
    assert await client.get_user(1) is not None


# mistake: coroutine_made_at_import

"""A module of tests makes a coroutine when it is imported, and drops it."""

ready: list[int] = []


async def prepare() -> None:
    ready.append(1)


prepare()  # HERE


async def test_fixed() -> None:
    await prepare()
    assert ready == [1]


# mistake: coroutine_made_by_a_library

"""The package has a library make a coroutine, deep down, and does not await it."""

from collections.abc import Awaitable, Callable


async def mistaken(send: Callable[[], Awaitable[None]]) -> None:
    send()  # HERE


async def fixed(send: Callable[[], Awaitable[None]]) -> None:
    await send()


# tests
from typing import Any

from my_project.coroutine_made_by_a_library import fixed, mistaken

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


async def test_fixed() -> None:
    await fixed(library["send"])


# mistake: coroutine_made_in_a_thread

"""A worker thread calls an async function, which runs nowhere."""

import asyncio


def work(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.sleep(0)  # HERE


def worked(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()


async def test_mistake() -> None:
    await asyncio.to_thread(work, asyncio.get_running_loop())


async def test_fixed() -> None:
    await asyncio.to_thread(worked, asyncio.get_running_loop())


# mistake: coroutine_not_awaited

"""A test calls an async function and does not await it."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    client.get_user(1)  # HERE


async def test_fixed(client: AsyncAPIClient) -> None:
    await client.get_user(1)


# mistake: coroutine_of_an_async_mock

"""An `AsyncMock` is called, and the call is not awaited."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    save(1)  # HERE
    save.assert_called_once_with(1)


async def test_fixed() -> None:
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


async def test_fixed() -> None:
    task = asyncio.create_task(asyncio.sleep(0))
    done, _ = await asyncio.wait([task])
    assert done == {task}


# mistake: coroutine_of_wait_for

"""`wait_for` is not awaited, nor is what it was given."""

import asyncio

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    asyncio.wait_for(client.get_user(1), 5)  # HERE


async def test_fixed(client: AsyncAPIClient) -> None:
    await asyncio.wait_for(client.get_user(1), 5)


# mistake: coroutines_from_map

"""`map` makes coroutines, and the list of them is taken for the results."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert all(map(client.get_user, [1, 2]))  # HERE


async def test_fixed(client: AsyncAPIClient) -> None:
    assert all(await client.get_users([1, 2]))
