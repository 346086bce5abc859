"""Signals: a handler is removed by who added it."""

import asyncio
import os
import signal
import sys

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="there are no such signals"
)


@pytest.mark.parametrize("name", ["SIGUSR1", "SIGUSR2", "SIGTERM", "SIGHUP"])
async def test_a_signal_handler_of_the_loop(name: str) -> None:
    """The handler is called on the loop, and removed."""
    loop, received = asyncio.get_running_loop(), asyncio.Event()
    number = getattr(signal, name)
    loop.add_signal_handler(number, received.set)
    os.kill(os.getpid(), number)
    await received.wait()
    assert loop.remove_signal_handler(number)


async def test_a_signal_handler_of_the_process() -> None:
    """The handler is put back."""
    received = list[int]()
    previous = signal.signal(signal.SIGUSR1, lambda number, _: received.append(number))
    os.kill(os.getpid(), signal.SIGUSR1)
    await asyncio.sleep(0)
    signal.signal(signal.SIGUSR1, previous)
    assert received == [signal.SIGUSR1]
