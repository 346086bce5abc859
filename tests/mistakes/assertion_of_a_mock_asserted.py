"""mocks: a test asserts an assertion of a mock, in place of calling it."""

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
