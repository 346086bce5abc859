"""mocks: a test calls `called_once_with`, which is no assertion."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    assert save.called_once_with(2)  # noqa: PGH005  # HERE


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once_with(1)
