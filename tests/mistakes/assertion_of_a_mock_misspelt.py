"""mocks: a test calls `awaited_once_with`, which is no assertion."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    save.awaited_once_with(2)  # HERE


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once_with(1)
