"""mocks: `monkeypatch` puts a `Mock` where a dictionary has an async function."""

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
