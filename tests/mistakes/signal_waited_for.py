"""blocking: the package waits for a signal in the event loop."""

import asyncio
import signal


async def mistaken() -> None:
    signal.sigtimedwait([signal.SIGUSR1], 0.01)  # HERE


async def mended() -> None:
    received = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, received.set)
    signal.raise_signal(signal.SIGUSR1)
    await received.wait()
    loop.remove_signal_handler(signal.SIGUSR1)


# tests
from my_project.signal_waited_for import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()
