"""Other event loops: uvloop, and one whose clock jumps ahead while nothing else is to do."""

import asyncio
import selectors
from collections.abc import Callable, Mapping

import pytest
import uvloop


class SkippingSelector(selectors.DefaultSelector):
    """Waits for files without waiting, and counts the time that it skipped."""

    skipped = 0.0

    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready at once, and skip the time until something would be."""
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        ready = super().select(0)
        self.skipped += 0 if ready else timeout
        return ready


class FakeClockLoop(asyncio.SelectorEventLoop):
    """A loop on which an hour passes at once."""

    def __init__(self) -> None:
        self._skipping = SkippingSelector()
        super().__init__(self._skipping)

    def time(self) -> float:
        """Return the time, with all that was skipped."""
        return super().time() + self._skipping.skipped


LoopFactory = Callable[[], asyncio.AbstractEventLoop]


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, LoopFactory]:
    """Run the tests of this folder on each loop, or on the one that their module wants."""
    assert config is item.config
    if item.path.name == "test_fake_clock.py":
        return {"fake": FakeClockLoop}
    return {"uvloop": uvloop.new_event_loop, "asyncio": asyncio.new_event_loop}
