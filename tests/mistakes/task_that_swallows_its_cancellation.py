"""tasks: a task catches its cancellation and lives on."""

import asyncio

import pytest


async def stubborn() -> None:
    while True:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            continue


async def obedient() -> None:
    while True:  # noqa: ASYNC110
        await asyncio.sleep(60)


async def test_mistake() -> None:
    task = asyncio.create_task(stubborn())  # HERE
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)


async def test_mended() -> None:
    task = asyncio.create_task(obedient())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
