"""coroutines: an `AsyncMock` is called, and the call is not awaited."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    save(1)  # HERE
    save.assert_called_once_with(1)


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once_with(1)
