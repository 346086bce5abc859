"""Hangs: what is over its deadline is ended, by the mildest means that works.

Its task is cancelled; then the loop is stopped, where the cancellation is swallowed; then an
exception is raised in the main thread, where the loop does not come round at all.
"""

import asyncio
import gc
import inspect
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import Any

from .findings import Findings
from .mistakes import Line, line_of, stack
from .watchdog import Watched

GRACE = 0.5
"""Seconds that each means has before the next one is used."""

PLACES = 4
"""How many places are told of where a run and its tasks wait."""

INTERRUPT = getattr(signal, "SIGUSR2", None)


class OverDeadline(BaseException):
    """Ends what cannot be cancelled, or must not be tried again."""


class Deadline:
    """Ends what runs for longer than some seconds."""

    def __init__(self, findings: Findings, seconds: float) -> None:
        self._findings = findings
        self._seconds = seconds
        self._main = threading.main_thread().ident
        self._interrupting = False
        self._undo: list[Callable[[], object]] = []

    def install(self) -> None:
        """Take the signal that wakes the main thread up."""
        if INTERRUPT and threading.get_ident() == self._main:
            before = signal.signal(INTERRUPT, self._interrupt)
            self._undo.append(partial(signal.signal, INTERRUPT, before))

    def install_again(self) -> None:
        """Take the signal once more, where a test has put its handler away."""
        if INTERRUPT and self._undo and signal.getsignal(INTERRUPT) is signal.SIG_DFL:
            signal.signal(INTERRUPT, self._interrupt)

    def uninstall(self) -> None:
        """Give the signal back."""
        while self._undo:
            self._undo.pop()()

    def look(self, watched: Watched) -> None:
        """Use the next means, where it is time."""
        if "deadline" in self._findings.off:
            return
        if time.monotonic() < watched.since + self._seconds + watched.stage * GRACE:
            return
        watched.stage += 1
        with suppress(RuntimeError):  # The loop may close at this moment.
            if watched.stage == 1:
                watched.loop.call_soon_threadsafe(self._cancel, watched)
            elif watched.stage == 2:
                watched.loop.call_soon_threadsafe(watched.loop.stop)
            elif INTERRUPT and self._main and self._owns_signal():
                self._interrupting = True
                signal.pthread_kill(self._main, INTERRUPT)

    @contextmanager
    def ending(self, watched: Watched) -> Iterator[None]:
        """Turn what ends a run that is over its deadline into a `TimeoutError`."""
        self.install_again()
        try:
            yield
        except (asyncio.CancelledError, OverDeadline, RuntimeError) as error:
            if watched.stage == 0:
                raise
            if (
                self._findings.calling
            ):  # Hypothesis would try errors again, to shrink them.
                raise OverDeadline from error
            raise TimeoutError("over the async guard's deadline") from error
        finally:
            self._interrupting = False

    def _owns_signal(self) -> bool:
        if INTERRUPT is None:
            return False
        return signal.getsignal(INTERRUPT) == self._interrupt

    def _cancel(self, watched: Watched) -> None:
        if watched.task and not watched.task.done():
            for lines in self._waiting(watched)[:PLACES]:
                self._note(lines)
            watched.task.cancel()

    def _interrupt(self, _number: int, frame: FrameType | None) -> None:
        if self._interrupting:
            self._interrupting = False
            self._note(list(stack(frame)))
            raise OverDeadline

    def _waiting(self, watched: Watched) -> list[list[Line]]:
        """Return where the run waits, and where the tasks wait that it may wait for."""
        tasks = asyncio.all_tasks(watched.loop) - {watched.task}
        others = [lines_of_await(task.get_coro()) for task in tasks]
        own = self._findings.own
        return [
            lines_of_await(watched.coroutine),
            *sorted(lines for lines in others if own.innermost(lines)),
        ]

    def _note(self, lines: list[Line]) -> None:
        self._findings.hung = True
        self._findings.add(
            "deadline",
            f"still waiting after {self._seconds:g} s",
            "find out what this waits for; bound the wait with `asyncio.timeout`",
            lines,
        )


def lines_of_await(awaitable: Any) -> list[Line]:
    """Return the lines of a chain of awaits, from the inside out."""
    lines: list[Line] = []
    while awaitable is not None:
        for prefix in ("cr", "ag", "gi"):
            frame = getattr(awaitable, f"{prefix}_frame", None)
            if frame is not None:
                lines.append(line_of(frame))
                break
        inner = [
            getattr(awaitable, name, None)
            for name in ("cr_await", "ag_await", "gi_yieldfrom")
        ]
        if type(awaitable).__name__.startswith("async_generator_"):
            inner = gc.get_referents(awaitable)  # No attribute leads to its generator.
            inner = [found for found in inner if inspect.isasyncgen(found)]
        awaitable = next((found for found in inner if found is not None), None)
    return lines[::-1]
