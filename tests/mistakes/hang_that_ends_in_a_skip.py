"""deadline: a test takes its cancellation for a reason to skip."""

import asyncio

import pytest


async def test_mistake() -> None:
    try:
        await asyncio.Event().wait()  # HERE
    except asyncio.CancelledError:
        pytest.skip("too slow")


async def test_mended() -> None:
    try:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()
    except TimeoutError:
        pytest.skip("too slow")
