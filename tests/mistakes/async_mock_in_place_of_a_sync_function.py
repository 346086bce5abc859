"""coroutines: an `AsyncMock` stands for a function that nobody awaits."""

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
