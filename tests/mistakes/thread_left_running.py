"""resources: a test starts a thread and does not end it."""

import threading


async def test_mistake() -> None:
    thread = threading.Thread(target=threading.Event().wait, daemon=True)
    thread.start()  # HERE
    assert thread.is_alive()


async def test_mended() -> None:
    event = threading.Event()
    thread = threading.Thread(target=event.wait, daemon=True)
    thread.start()
    event.set()
    thread.join()
