"""mocks: a helper of the tests calls `awaited_with`, which is no assertion."""

from unittest.mock import AsyncMock


def check(save: AsyncMock) -> None:
    assert save.awaited_with(2)  # noqa: PGH005  # HERE


def check_it(save: AsyncMock) -> None:
    save.assert_awaited_with(1)


async def test_mistake() -> None:
    save = AsyncMock()
    await save(1)
    check(save)


async def test_mended() -> None:
    save = AsyncMock()
    await save(1)
    check_it(save)
