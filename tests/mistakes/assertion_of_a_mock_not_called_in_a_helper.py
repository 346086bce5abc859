"""mocks: a helper of the tests names an assertion of a mock, and does not call it."""

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
