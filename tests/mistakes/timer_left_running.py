"""resources: a test starts a timer and does not cancel it."""

import threading


async def test_mistake() -> None:
    timer = threading.Timer(60, print)
    timer.daemon = True
    timer.start()  # HERE


async def test_mended() -> None:
    timer = threading.Timer(60, print)
    timer.start()
    timer.cancel()
    timer.join()
