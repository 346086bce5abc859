"""resources: a test makes an event loop of its own and does not close it."""

import asyncio
from contextlib import closing


def test_mistake() -> None:
    loop = asyncio.new_event_loop()  # HERE
    assert loop.run_until_complete(asyncio.sleep(0, 1)) == 1


def test_mended() -> None:
    with closing(asyncio.new_event_loop()) as loop:
        assert loop.run_until_complete(asyncio.sleep(0, 1)) == 1
