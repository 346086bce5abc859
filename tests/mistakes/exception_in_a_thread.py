"""exceptions: a thread ends with an exception, and the test goes on."""

import asyncio
import threading

import pytest


def work() -> None:
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    thread = threading.Thread(target=work)
    thread.start()
    await asyncio.to_thread(thread.join)


async def test_mended() -> None:
    with pytest.raises(ValueError, match="no"):
        await asyncio.to_thread(work)
