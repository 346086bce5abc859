"""Mistakes that the check `mocks` finds: each begins at its name."""

# mistake: assertion_of_a_mock_asserted

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


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()
    assert all(check is not None for check in [save.assert_called_once])


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


async def test_mended() -> None:
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


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once_with(1)


# mistake: assertion_of_a_mock_not_called

"""An assertion of a mock is named, and not called."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    save.assert_awaited_once  # noqa: B018, PGH005  # HERE


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()


# mistake: assertion_of_a_mock_not_called_in_a_helper

"""A helper of the tests names an assertion of a mock, and does not call it."""

from unittest.mock import AsyncMock

import pytest


def expect_one(mock: AsyncMock) -> None:
    mock.assert_awaited_once  # noqa: B018, PGH005  # HERE
    assert mock.assert_called_once  # HERE


@pytest.fixture
def save() -> AsyncMock:
    mock = AsyncMock()
    assert mock.assert_not_called  # HERE
    return mock


async def test_mended(save: AsyncMock) -> None:
    await save(1)
    expect_one(save)
    with pytest.raises(AssertionError):
        save.assert_not_called()


# mistake: awaited_once_asserted_as_an_attribute

"""A test asserts an attribute of a mock that any mock has, and that is always true."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    assert save.awaited_once  # noqa: PGH005  # HERE


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()


# mistake: called_once_asserted_as_an_attribute

"""A test asserts an attribute of a mock, which is always true."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    assert save.called_once  # noqa: PGH005  # HERE


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()


# mistake: called_once_with_asserted

"""A test calls `called_once_with`, which is no assertion."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    assert save.called_once_with(2)  # noqa: PGH005  # HERE


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once_with(1)


# mistake: magic_mock_in_place_of_an_async_method

"""`patch` is told to put a `MagicMock` in the place of an async method."""

from unittest.mock import MagicMock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch(GET_USER, new_callable=MagicMock) as get_user:  # HERE
        assert client.get_user(1)
    get_user.assert_called_once_with(1)


async def test_mended(client: AsyncAPIClient) -> None:
    with patch(GET_USER) as get_user:
        assert await client.get_user(1)
    get_user.assert_awaited_once_with(1)


# mistake: mock_in_place_of_an_async_function_of_a_dictionary

"""`patch.dict` puts a `Mock` in the place of an async function."""

from collections.abc import Awaitable, Callable
from unittest.mock import AsyncMock, Mock, patch


async def double(number: int) -> int:
    return 2 * number


HANDLERS: dict[str, Callable[[int], Awaitable[int]]] = {"double": double}


@patch.dict(HANDLERS, double=Mock(return_value=2))  # HERE
async def test_mistake() -> None:
    assert HANDLERS["double"](1) == 2


async def test_mended() -> None:
    with patch.dict(HANDLERS, {"double": AsyncMock(return_value=2), "new": Mock()}):
        assert await HANDLERS["double"](1) == 2
        assert HANDLERS["new"](1)


# mistake: mock_in_place_of_an_async_method

"""`patch` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch(GET_USER, Mock(return_value={"id": 1})):  # HERE
        assert client.get_user(1) == {"id": 1}


async def test_mended(client: AsyncAPIClient) -> None:
    with patch(GET_USER, AsyncMock(return_value={"id": 1})):
        assert await client.get_user(1) == {"id": 1}


# mistake: mock_in_place_of_an_async_method_by_decorator

"""A decorator puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


@patch(GET_USER, Mock(return_value={"id": 1}))  # HERE
async def test_mistake() -> None:
    assert AsyncAPIClient().get_user(1) == {"id": 1}


@patch(GET_USER, AsyncMock(return_value={"id": 1}))
async def test_mended() -> None:
    assert await AsyncAPIClient().get_user(1) == {"id": 1}


# mistake: mock_in_place_of_an_async_method_by_patch_multiple

"""`patch.multiple` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch.multiple(AsyncAPIClient, get_user=Mock(return_value=1)):  # HERE
        assert client.get_user(1) == 1


async def test_mended(client: AsyncAPIClient) -> None:
    with patch.multiple(AsyncAPIClient, get_user=AsyncMock(return_value=1)):
        assert await client.get_user(1) == 1


# mistake: mock_in_place_of_an_async_method_of_an_object

"""`patch.object` puts a `Mock` in the place of an async method."""

from unittest.mock import Mock, patch

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch.object(client, "get_user", Mock()) as get_user:  # HERE
        assert client.get_user(1)
    get_user.assert_called_once_with(1)


async def test_mended(client: AsyncAPIClient) -> None:
    with patch.object(client, "get_user") as get_user:
        assert await client.get_user(1)
    get_user.assert_awaited_once_with(1)


# mistake: mock_set_by_monkeypatch

"""`monkeypatch` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock

import pytest
from my_project import AsyncAPIClient


async def test_mistake(monkeypatch: pytest.MonkeyPatch, client: AsyncAPIClient) -> None:
    monkeypatch.setattr(AsyncAPIClient, "get_user", Mock(return_value=1))  # HERE
    assert client.get_user(1) == 1


async def test_mended(monkeypatch: pytest.MonkeyPatch, client: AsyncAPIClient) -> None:
    monkeypatch.setattr(AsyncAPIClient, "get_user", AsyncMock(return_value=1))
    assert await client.get_user(1) == 1


# mistake: mock_set_by_monkeypatch_by_name

"""`monkeypatch` puts a `Mock` where a dotted name says, in a fixture."""

from unittest.mock import AsyncMock, Mock

import pytest
from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


@pytest.fixture
def mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GET_USER, Mock(return_value=1))  # HERE


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GET_USER, AsyncMock(return_value=1))


@pytest.mark.usefixtures("mistaken")
async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1) == 1


@pytest.mark.usefixtures("mended")
async def test_mended(client: AsyncAPIClient) -> None:
    assert await client.get_user(1) == 1


# mistake: mock_set_by_monkeypatch_in_a_dictionary

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


async def test_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, "double", AsyncMock(return_value=2))
    assert await HANDLERS["double"](1) == 2
