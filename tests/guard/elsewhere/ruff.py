# mistake: assertion_of_a_mock_not_called
# found by: PGH005

"""An assertion of a mock is named, and not called."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    save.assert_awaited_once  # noqa: B018, PGH005  # HERE


async def test_fixed() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()


# mistake: assertion_of_a_mock_not_called_in_a_helper
# found by: PGH005

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


async def test_fixed(save: AsyncMock) -> None:
    await save(1)
    expect_one(save)
    with pytest.raises(AssertionError):
        save.assert_not_called()


# mistake: awaited_once_asserted_as_an_attribute
# found by: PGH005

"""A test asserts an attribute of a mock that any mock has, and that is always true."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    assert save.awaited_once  # noqa: PGH005  # HERE


async def test_fixed() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()


# mistake: called_once_asserted_as_an_attribute
# found by: PGH005

"""A test asserts an attribute of a mock, which is always true."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    assert save.called_once  # noqa: PGH005  # HERE


async def test_fixed() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()


# mistake: bare_except
# found by: E722

"""The package catches everything, its cancellation too."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except:  # noqa: E722  # HERE
        event.set()


async def fixed(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except ValueError:
        event.set()


# tests
import asyncio

from my_project.bare_except import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await fixed(event)


# mistake: continue_in_finally
# found by: B012

"""A `continue` or a `break` in `finally` drops the cancellation that is under way."""

import asyncio


async def mistaken(events: list[asyncio.Event]) -> None:
    for event in events:
        try:
            await event.wait()
        finally:
            if event.is_set():
                continue  # noqa: B012  # HERE
            break  # noqa: B012  # HERE


async def fixed(events: list[asyncio.Event]) -> None:
    for event in events:
        try:
            await event.wait()
        finally:
            for other in events:
                if other is event:
                    continue
                break


# tests
import asyncio

from my_project.continue_in_finally import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    await fixed([event])


# mistake: return_in_finally
# found by: B012

"""A `return` in `finally` drops the cancellation that is under way."""

import asyncio


async def mistaken(event: asyncio.Event) -> bool:
    try:
        await event.wait()
    finally:
        return event.is_set()  # noqa: B012  # HERE


async def fixed(event: asyncio.Event) -> bool:
    await event.wait()
    return event.is_set()


# tests
import asyncio

from my_project.return_in_finally import fixed


async def test_fixed() -> None:
    event = asyncio.Event()
    event.set()
    assert await fixed(event)


# mistake: called_once_with_asserted
# found by: PGH005

"""A test calls `called_once_with`, which is no assertion."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    assert save.called_once_with(2)  # noqa: PGH005  # HERE


async def test_fixed() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once_with(1)
