"""mocks: an assertion of a mock is named, and not called."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    save.assert_awaited_once  # noqa: B018, PGH005  # HERE


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()
