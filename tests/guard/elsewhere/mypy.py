# mistake: assertion_of_a_mock_asserted
# found by: truthy-function

"""A test asserts an assertion of a mock, in place of calling it."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    assert save.assert_awaited_once  # HERE
    assert save.assert_not_called is not None  # HERE
    assert not save.assert_not_awaited or save.called  # HERE
    if save.assert_has_calls:  # HERE
        assert all(mock.assert_any_call for mock in [save])  # HERE


async def test_fixed() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()
    assert all(check is not None for check in [save.assert_called_once])


# mistake: magic_mock_in_place_of_an_async_method
# found by: truthy-bool

"""`patch` is told to put a `MagicMock` in the place of an async method."""

from unittest.mock import MagicMock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch(GET_USER, new_callable=MagicMock) as get_user:  # HERE
        assert client.get_user(1)
    get_user.assert_called_once_with(1)


async def test_fixed(client: AsyncAPIClient) -> None:
    with patch(GET_USER) as get_user:
        assert await client.get_user(1)
    get_user.assert_awaited_once_with(1)


# mistake: mock_in_place_of_an_async_function_of_a_dictionary
# found by: comparison-overlap

"""`patch.dict` puts a `Mock` in the place of an async function."""

from collections.abc import Awaitable, Callable
from unittest.mock import AsyncMock, Mock, patch


async def double(number: int) -> int:
    return 2 * number


HANDLERS: dict[str, Callable[[int], Awaitable[int]]] = {"double": double}


@patch.dict(HANDLERS, double=Mock(return_value=2))  # HERE
async def test_mistake() -> None:
    assert HANDLERS["double"](1) == 2


async def test_fixed() -> None:
    with patch.dict(HANDLERS, {"double": AsyncMock(return_value=2), "new": Mock()}):
        assert await HANDLERS["double"](1) == 2
        assert HANDLERS["new"](1)


# mistake: mock_in_place_of_an_async_method
# found by: comparison-overlap

"""`patch` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch(GET_USER, Mock(return_value={"id": 1})):  # HERE
        assert client.get_user(1) == {"id": 1}


async def test_fixed(client: AsyncAPIClient) -> None:
    with patch(GET_USER, AsyncMock(return_value={"id": 1})):
        assert await client.get_user(1) == {"id": 1}


# mistake: mock_in_place_of_an_async_method_by_decorator
# found by: comparison-overlap

"""A decorator puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


@patch(GET_USER, Mock(return_value={"id": 1}))  # HERE
async def test_mistake() -> None:
    assert AsyncAPIClient().get_user(1) == {"id": 1}


@patch(GET_USER, AsyncMock(return_value={"id": 1}))
async def test_fixed() -> None:
    assert await AsyncAPIClient().get_user(1) == {"id": 1}


# mistake: mock_in_place_of_an_async_method_by_patch_multiple
# found by: comparison-overlap

"""`patch.multiple` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch.multiple(AsyncAPIClient, get_user=Mock(return_value=1)):  # HERE
        assert client.get_user(1) == 1


async def test_fixed(client: AsyncAPIClient) -> None:
    with patch.multiple(AsyncAPIClient, get_user=AsyncMock(return_value=1)):
        assert await client.get_user(1) == 1


# mistake: mock_in_place_of_an_async_method_of_an_object
# found by: truthy-bool

"""`patch.object` puts a `Mock` in the place of an async method."""

from unittest.mock import Mock, patch

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch.object(client, "get_user", Mock()) as get_user:  # HERE
        assert client.get_user(1)
    get_user.assert_called_once_with(1)


async def test_fixed(client: AsyncAPIClient) -> None:
    with patch.object(client, "get_user") as get_user:
        assert await client.get_user(1)
    get_user.assert_awaited_once_with(1)


# mistake: mock_set_by_monkeypatch
# found by: comparison-overlap

"""`monkeypatch` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock

import pytest
from my_project import AsyncAPIClient


async def test_mistake(monkeypatch: pytest.MonkeyPatch, client: AsyncAPIClient) -> None:
    monkeypatch.setattr(AsyncAPIClient, "get_user", Mock(return_value=1))  # HERE
    assert client.get_user(1) == 1


async def test_fixed(monkeypatch: pytest.MonkeyPatch, client: AsyncAPIClient) -> None:
    monkeypatch.setattr(AsyncAPIClient, "get_user", AsyncMock(return_value=1))
    assert await client.get_user(1) == 1


# mistake: mock_set_by_monkeypatch_by_name
# found by: comparison-overlap

"""`monkeypatch` puts a `Mock` where a dotted name says, in a fixture."""

from unittest.mock import AsyncMock, Mock

import pytest
from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


@pytest.fixture
def mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GET_USER, Mock(return_value=1))  # HERE


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GET_USER, AsyncMock(return_value=1))


@pytest.mark.usefixtures("mistaken")
async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1) == 1


@pytest.mark.usefixtures("fixed")
async def test_fixed(client: AsyncAPIClient) -> None:
    assert await client.get_user(1) == 1


# mistake: mock_set_by_monkeypatch_in_a_dictionary
# found by: comparison-overlap

"""`monkeypatch` puts a `Mock` where a dictionary has an async function."""

from collections.abc import Awaitable, Callable
from unittest.mock import AsyncMock, Mock

import pytest


async def double(number: int) -> int:
    return 2 * number


HANDLERS: dict[str, Callable[[int], Awaitable[int]]] = {"double": double}


async def test_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, "double", Mock(return_value=2))  # HERE
    assert HANDLERS["double"](1) == 2


async def test_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, "double", AsyncMock(return_value=2))
    assert await HANDLERS["double"](1) == 2


# mistake: generator_asked_and_not_awaited_in_a_helper
# found by: unused-coroutine

"""A helper of the tests asks a generator for a value, and does not await it."""

from collections.abc import AsyncGenerator


async def numbers() -> AsyncGenerator[int]:
    yield 1


async def pass_over(values: AsyncGenerator[int]) -> None:
    anext(values)  # HERE


async def test_fixed() -> None:
    values = numbers()
    await anext(values)
    await values.aclose()


# mistake: generator_method_not_awaited
# found by: unused-coroutine

"""The package does not await the end of a generator."""

from collections.abc import AsyncGenerator


async def mistaken(numbers: AsyncGenerator[int]) -> None:
    numbers.aclose()  # HERE


async def fixed(numbers: AsyncGenerator[int]) -> None:
    await numbers.aclose()


# tests
from collections.abc import AsyncGenerator

from my_project.generator_method_not_awaited import fixed


async def numbers() -> AsyncGenerator[int]:
    yield 1


async def test_fixed() -> None:
    await fixed(numbers())


# mistake: task_left_by_a_library
# found by: unused-awaitable

"""The package has a library start a task, deep down, and does not end it."""

import asyncio
from collections.abc import Awaitable, Callable

Connect = Callable[[], Awaitable["asyncio.Task[bool]"]]


async def mistaken(connect: Connect) -> None:
    await connect()  # HERE


async def fixed(connect: Connect) -> None:
    (await connect()).cancel()


# tests
from typing import Any

from my_project.task_left_by_a_library import fixed, mistaken

LIBRARY = """
import asyncio

async def connect():
    return await open_connection()

async def open_connection():
    return await start()

async def start():
    return await start_reading()

async def start_reading():
    return begin(read())

def begin(reading):
    return asyncio.ensure_future(reading)

async def read():
    return await asyncio.Event().wait()
"""
library: dict[str, Any] = {}
exec(compile(LIBRARY, "library.py", "exec"), library)


async def test_mistake() -> None:
    await mistaken(library["connect"])


async def test_fixed() -> None:
    await fixed(library["connect"])
