"""exceptions: an exception is caught, passed to a future, and lost with it."""

import asyncio

import pytest


def parse(text: str) -> asyncio.Future[int]:
    future = asyncio.get_running_loop().create_future()
    try:
        future.set_result(int(text))  # HERE
    except ValueError as error:
        future.set_exception(error)
    return future


async def test_mistake() -> None:
    assert parse("no number").done()


async def test_mended() -> None:
    with pytest.raises(ValueError, match="no number"):
        await parse("no number")
