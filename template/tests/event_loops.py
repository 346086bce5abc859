"""A pytest plugin: each async test runs on asyncio's own event loop and on uvloop."""

import asyncio
import sys
from collections.abc import Callable
from contextvars import Context
from functools import partial

import pytest

if sys.platform != "win32":
    import uvloop

LoopFactory = Callable[[], asyncio.AbstractEventLoop]


def pytest_asyncio_loop_factories() -> dict[str, LoopFactory]:
    """Return what makes a loop, by the name that a test has in brackets."""
    if sys.platform == "win32":  # There is no uvloop for it.
        return {"asyncio": asyncio.new_event_loop}
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> None:
    """Say of a failing test that a fixture of another file may be why."""
    name, place = fixturedef.argname, fixturedef.baseid  # Which a plugin's has none of.
    if name == "fast_forward" and place:
        told = f"""The fixture `{name}` in {place} may not move uvloop's clock.
    To mend it: delete it there, and the one in tests/event_loops.py is used."""
        request.node.add_report_section("call", name, told)


@pytest.fixture
async def fast_forward(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Move the event loop's clock ahead by some seconds: what is due then, fires now."""
    loop = asyncio.get_running_loop()
    clock = Clock(loop)
    monkeypatch.setattr(loop, "time", clock.time)
    monkeypatch.setattr(loop, "call_later", clock.call_later)
    return clock.advance


class Clock:
    """The clock of a loop, and its timers: uvloop's do not see that the time has changed."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._real_time, self._real_call_later = loop.time, loop.call_later
        self._ahead = 0.0
        self._due: dict[asyncio.TimerHandle, tuple[float, Callable[[], object]]] = {}

    def time(self) -> float:
        """Return the time, with all that it was moved ahead."""
        return self._real_time() + self._ahead

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: object,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Do what the loop's method does, and uvloop's `call_at` by it; remember the timer."""

        def fire() -> None:
            del self._due[timer]
            callback(*args)

        timer = self._real_call_later(delay, fire, context=context)
        fire_soon = partial(self._loop.call_soon, fire, context=context)
        self._due[timer] = self.time() + delay, fire_soon
        return timer

    def advance(self, seconds: float) -> None:
        """Move the clock ahead, and let fire what is due."""
        self._ahead += seconds
        for timer, (due, fire_soon) in list(self._due.items()):
            if due <= self.time() and not timer.cancelled():
                timer.cancel()
                fire_soon()
