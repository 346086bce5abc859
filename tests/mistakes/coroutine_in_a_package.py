"""coroutines: the package calls an async function and does not await it."""

import asyncio


async def save(saved: list[int], number: int) -> None:
    await asyncio.sleep(0)
    saved.append(number)


async def mistaken(saved: list[int]) -> None:
    save(saved, 1)  # HERE


async def mended(saved: list[int]) -> None:
    await save(saved, 1)


# tests
from my_project.coroutine_in_a_package import mended, mistaken


async def test_mistake() -> None:
    saved: list[int] = []
    await mistaken(saved)
    assert not saved


async def test_mended() -> None:
    saved: list[int] = []
    await mended(saved)
    assert saved == [1]
