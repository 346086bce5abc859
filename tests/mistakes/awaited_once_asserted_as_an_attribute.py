"""mocks: a test asserts an attribute of a mock that any mock has, and that is always true."""

from unittest.mock import AsyncMock


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    await save(2)
    assert save.awaited_once  # noqa: PGH005  # HERE


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    save.assert_awaited_once()
