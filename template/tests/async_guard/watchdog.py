"""One thread that looks, many times a second, at what the main thread runs on a loop."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

INTERVAL = 0.05
"""Seconds between two looks."""


class Watched:
    """One run of a coroutine on a loop: a test, or a fixture's setup or teardown."""

    def __init__(self, loop: asyncio.AbstractEventLoop, coroutine: Any) -> None:
        self.loop = loop
        self.coroutine = coroutine
        self.task: asyncio.Task[Any] | None = None
        self.since = time.monotonic()
        """When it began, or when a debugger let it go on."""
        self.stage = 0
        """How many means have been used to end it."""
        self.stretch: Stretch | None = None
        """What happens since the loop was asked for a sign of life, until it gives one."""


@dataclass
class Stretch:
    """A time in which the loop gives no sign of life, in seconds."""

    seen: float
    """The CPU time of the main thread at the last look."""

    in_package: bool
    """Whether the package held the loop then."""

    computed: float = 0.0
    """How long the package has computed."""

    slept: float = 0.0
    """How long the package has slept, by the looks of it."""


class Watchdog:
    """The thread, and what it looks at."""

    def __init__(self, looks: Sequence[Callable[[Watched], None]]) -> None:
        self.watched: Watched | None = None
        self._looks = looks
        self._paused = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(
            target=self._run, name="async_guard", daemon=True
        )

    def install(self) -> None:
        """Begin to look."""
        self._thread.start()

    def uninstall(self) -> None:
        """Look no more."""
        self._stopped.set()
        self._thread.join()

    @contextmanager
    def watching(
        self, loop: asyncio.AbstractEventLoop, coroutine: Any
    ) -> Iterator[Watched]:
        """Look at a run of a coroutine; the one who runs it sets its task."""
        outer, self.watched = self.watched, Watched(loop, coroutine)
        try:
            yield self.watched
        finally:
            self.watched = outer

    def pause(self) -> None:
        """Leave alone what somebody looks at in a debugger."""
        self._paused = True

    def go_on(self) -> None:
        """Give it its whole time again."""
        if self.watched:
            self.watched.since = time.monotonic()
            self.watched.stretch = None
        self._paused = False

    def _run(self) -> None:
        while not self._stopped.wait(INTERVAL):
            watched = self.watched
            if watched and not self._paused and not watched.loop.is_closed():
                for look in self._looks:
                    look(watched)
