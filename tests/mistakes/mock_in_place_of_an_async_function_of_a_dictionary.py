"""mocks: `patch.dict` puts a `Mock` in the place of an async function."""

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
