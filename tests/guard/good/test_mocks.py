"""Mocks of async functions, in each form that works."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from unittest.mock import (
    AsyncMock,
    MagicMock,
    Mock,
    call,
    create_autospec,
    patch,
    seal,
    sentinel,
)

import pytest
from my_project import AsyncAPIClient, well_behaved
from my_project.well_behaved import Worker, fetch_twice

FETCH = "my_project.well_behaved.fetch"


async def one(_number: int) -> int:
    """Stand for the real function."""
    return 1


def resolved(value: int) -> asyncio.Future[int]:
    """Return a future that has its result."""
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    future.set_result(value)
    return future


async def test_a_plain_async_mock() -> None:
    """The mock is awaited, and says so."""
    mock = AsyncMock()
    mock.return_value = sentinel.result
    assert await mock(1) is sentinel.result
    mock.assert_awaited_once_with(1)


async def test_an_async_mock_that_is_not_called() -> None:
    """It makes no coroutine."""
    mock = AsyncMock()
    mock.assert_not_awaited()
    mock.method.assert_not_called()


async def test_an_async_mock_of_many_results() -> None:
    """Each await takes one, and an exception is raised."""
    mock = AsyncMock(side_effect=[1, ValueError("two")])
    assert await mock() == 1
    with pytest.raises(ValueError, match="two"):
        await mock()
    assert mock.await_count == 2


async def test_an_async_mock_with_an_async_side_effect() -> None:
    """The side effect is awaited by the mock."""
    assert await AsyncMock(side_effect=one)(5) == 1


async def test_an_async_mock_that_wraps() -> None:
    """The wrapped function is awaited by the mock."""
    mock = AsyncMock(wraps=one)
    assert await mock(5) == 1
    mock.assert_has_awaits([call(5)])


async def test_a_response_is_prepared() -> None:
    """The mock of ``get`` is an async context manager, and its response has a body."""
    response = AsyncMock(status=200, ok=True)
    response.json.return_value = {"id": 1}
    with patch("aiohttp.ClientSession.get") as get:
        get.return_value.__aenter__.return_value = response
        assert await AsyncAPIClient("http://api.example").get_user(1) == {"id": 1}
    get.assert_called_once_with("http://api.example/users/1")


async def test_an_async_context_manager() -> None:
    """``MagicMock`` has ``__aenter__`` and ``__aexit__``."""
    manager = MagicMock()
    manager.__aenter__.return_value = sentinel.entered
    async with manager as entered:
        assert entered is sentinel.entered
    manager.__aexit__.assert_awaited_once()


async def test_an_async_iterator() -> None:
    """``MagicMock`` has ``__aiter__``."""
    stream = MagicMock()
    stream.__aiter__.return_value = [1, 2]
    assert [number async for number in stream] == [1, 2]


async def test_a_magic_mock_for_a_sync_method() -> None:
    """A sync method needs no awaiting."""
    queue = MagicMock(spec=asyncio.Queue)
    queue.get.return_value = 1
    queue.qsize.return_value = 3
    assert (await queue.get(), queue.qsize()) == (1, 3)


async def test_autospec() -> None:
    """The async methods of the class become async mocks."""
    client = create_autospec(AsyncAPIClient, instance=True)
    client.get_user.return_value = {"id": 1}
    assert await client.get_user(1) == {"id": 1}
    client.get_user.assert_awaited_once_with(1)


async def test_autospec_of_a_function() -> None:
    """The function that is patched in checks its arguments."""
    with patch(FETCH, autospec=True, return_value=2) as fetch:
        assert await fetch_twice(1) == 4
    assert fetch.await_args_list == [call(1), call(1)]


async def test_a_patch_finds_out_what_is_async() -> None:
    """By default, the patch of an async function is an ``AsyncMock``."""
    with patch(FETCH) as fetch:
        fetch.return_value = 3
        assert await fetch_twice(1) == 6
    assert isinstance(fetch, AsyncMock)


async def test_patch_object_finds_out_what_is_async() -> None:
    """By default, the patch of an async method is an ``AsyncMock``."""
    client = AsyncAPIClient()
    with patch.object(client, "get_user", return_value={"id": 2}):
        assert await client.get_user(1) == {"id": 2}


async def test_a_patch_by_a_plain_function() -> None:
    """An async function takes the place of another."""
    with patch(FETCH, one):
        assert await fetch_twice(7) == 2


async def test_monkeypatch_by_a_plain_function(monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest's own way to replace a function."""
    monkeypatch.setattr(well_behaved, "fetch", one)
    assert await fetch_twice(7) == 2


async def test_monkeypatch_by_an_async_mock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mock counts its awaits."""
    mock = AsyncMock(return_value=2)
    monkeypatch.setattr(well_behaved, "fetch", mock)
    assert await fetch_twice(7) == 4
    mock.assert_awaited_with(7)


@patch(FETCH, new_callable=AsyncMock)
async def test_a_patch_as_a_decorator(fetch: AsyncMock) -> None:
    """The mock is an argument of the test."""
    fetch.return_value = 5
    assert await fetch_twice(1) == 10


async def test_a_mock_with_an_async_side_effect() -> None:
    """The coroutine of the side effect is what the caller awaits."""
    with patch(FETCH, Mock(side_effect=one)) as fetch:
        assert await fetch_twice(1) == 2
    assert fetch.call_count == 2


async def test_a_mock_that_wraps_an_async_function() -> None:
    """The coroutine of the wrapped function is what the caller awaits."""
    with patch(FETCH, Mock(wraps=one)) as fetch:
        assert await fetch_twice(1) == 2
    fetch.assert_called_with(1)


async def test_a_mock_that_returns_a_future() -> None:
    """A future with a result may be awaited twice."""
    with patch(FETCH, Mock(return_value=resolved(4))):
        assert await fetch_twice(1) == 8


async def test_a_mock_that_is_given_its_future_later() -> None:
    """The mock is made ready after it was patched in, and before it is called."""
    with patch(FETCH, new_callable=Mock) as fetch:
        fetch.return_value = resolved(4)
        assert await fetch_twice(1) == 8


async def test_a_mock_that_returns_futures_in_turn() -> None:
    """Each call takes one."""
    with patch(FETCH, Mock(side_effect=[resolved(1), resolved(2)])):
        assert await fetch_twice(1) == 3


async def test_a_mock_that_makes_futures() -> None:
    """A plain function that returns an awaitable is as good as an async one."""

    def make(number: int) -> Awaitable[int]:
        return resolved(number + 1)

    with patch(FETCH, Mock(side_effect=make)):
        assert await fetch_twice(1) == 4


async def test_a_mock_that_must_not_be_called() -> None:
    """What is never called need not be async."""
    with patch(FETCH, Mock()) as fetch:
        assert await well_behaved.settings() == "real"
    fetch.assert_not_called()


async def test_a_mock_that_refuses_at_once() -> None:
    """The call raises before there is anything to await."""
    refusal = Mock(side_effect=ConnectionError("down"))
    with patch(FETCH, refusal), pytest.raises(ConnectionError, match="down"):
        await fetch_twice(1)


async def test_a_patch_that_is_started_and_stopped() -> None:
    """What is started by hand is stopped by hand."""
    patcher = patch(FETCH, new=AsyncMock(return_value=1))
    patcher.start()
    try:
        assert await fetch_twice(1) == 2
    finally:
        patcher.stop()


async def test_a_patch_of_several_names() -> None:
    """Each name gets a replacement of its kind."""
    with patch.multiple(well_behaved, fetch=one, read_settings=Mock(return_value="x")):
        assert await fetch_twice(1) == 2
        assert await well_behaved.settings() == "x"


async def test_a_sealed_mock() -> None:
    """A sealed mock makes up no more attributes."""
    mock = AsyncMock(get=AsyncMock(return_value=1))
    seal(mock)
    assert await mock.get() == 1
    with pytest.raises(AttributeError):
        _ = mock.put


async def test_attached_mocks() -> None:
    """The order of calls to two mocks is kept by a third."""
    parent, get, put = Mock(), AsyncMock(), AsyncMock()
    parent.attach_mock(get, "get")
    parent.attach_mock(put, "put")
    await get(1)
    await put(2)
    assert parent.mock_calls == [call.get(1), call.put(2)]


async def test_a_worker_with_a_mocked_queue() -> None:
    """The mock waits as the queue would, until the worker is cancelled."""
    worker = Worker()
    worker.queue = MagicMock(spec=asyncio.Queue)
    worker.queue.get.side_effect = asyncio.Event().wait
    async with worker:
        await asyncio.sleep(0)
    worker.queue.get.assert_awaited_once_with()


class Calls:
    """A recorder of the test's own, with names like those of a mock."""

    def __init__(self) -> None:
        self.numbers = list[int]()

    async def __call__(self, number: int) -> int:
        self.numbers.append(number)
        return number

    def called_once(self) -> bool:
        """Tell whether there was one call."""
        return len(self.numbers) == 1

    def called_with(self, number: int) -> bool:
        """Tell whether one of the calls was with that number."""
        return number in self.numbers

    def has_calls(self) -> bool:
        """Tell whether there were calls."""
        return bool(self.numbers)


async def test_a_recorder_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """``called_once`` is a method of the test's own class, and no mock's."""
    calls = Calls()
    monkeypatch.setattr(well_behaved, "fetch", calls)
    assert await fetch_twice(1) == 2
    assert not calls.called_once()
    assert calls.called_with(1)  # noqa: PGH005 - this is no mock.
    assert calls.has_calls()  # noqa: PGH005


async def test_assertions_that_are_passed_on() -> None:
    """An assertion may be a value: somebody else calls it."""
    save = AsyncMock()
    with pytest.raises(AssertionError):
        save.assert_awaited_once()
    checks = [save.assert_not_called, save.assert_not_awaited]
    for check in checks:
        check()
    assert hasattr(save, "assert_called")
    assert callable(save.assert_called_with)


async def test_names_like_those_of_assertions() -> None:
    """A mock has them where the test or its spec gives them, or ``unsafe`` does."""
    given = AsyncMock()
    given.has_calls = Mock(return_value=False)
    specified = AsyncMock(spec=Calls)
    specified.called_once.return_value = False
    unsafe = AsyncMock(unsafe=True)
    assert not given.has_calls()
    assert not specified.called_once()
    assert await unsafe.has_calls()


async def test_patched_dictionaries(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each item gets a replacement of its kind, and so does a new one."""
    items: dict[str, Callable[..., Any]] = {
        "fetch": one,
        "settings": well_behaved.read_settings,
    }
    with patch.dict(items, {"fetch": AsyncMock(return_value=2)}, new=Mock()):
        assert await items["fetch"](1) == 2
        assert items["new"](1)
    monkeypatch.setitem(items, "fetch", AsyncMock(return_value=3))
    monkeypatch.setitem(items, "settings", Mock(return_value="x"))
    assert await items["fetch"](1) == 3
    assert items["settings"]() == "x"


async def test_the_attributes_of_a_mock() -> None:
    """``called`` and ``call_count`` are attributes that a mock has."""
    mock = AsyncMock(return_value=1)
    await mock(1)
    assert mock.called
    assert mock.call_count == mock.await_count == 1


async def test_what_is_handed_to_a_mock_is_awaited_by_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With ``asyncio.run`` replaced, too, a plain mock will do."""
    made, run = Mock(), Mock()
    monkeypatch.setattr(well_behaved, "countdown_to_zero", made)
    monkeypatch.setattr("asyncio.run", run)
    well_behaved.main()
    run.assert_called_once_with(made.return_value)
