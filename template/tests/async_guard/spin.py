"""Whatever holds the event loop, seen from outside.

The loop is asked for a sign of life. As long as none comes, only the time counts that the main
thread computes, or sleeps in a call: a machine with much else to do makes no package look slow.
And of that time only what lies between two looks that both find the package at it: a test may
hold the loop as well, for as long as it likes.
"""

import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from .blocking import held_by_package
from .findings import Findings
from .mistakes import Line, line_of, unwatched
from .watchdog import INTERVAL, Stretch, Watched


class Spin:
    """Notes where the package holds the loop for too long at a stretch."""

    def __init__(self, findings: Findings, limit: float) -> None:
        self._findings = findings
        self._limit = limit
        self._main = threading.main_thread()

    def look(self, watched: Watched) -> None:
        """Ask the loop for a sign of life, or see how long none has come."""
        now = self._cpu_time()
        if now is None or "blocking" in self._findings.off:
            return
        lines = self._lines_of_package()
        stretch = watched.stretch  # The main thread may end it at any moment.
        if stretch is None:
            watched.stretch = Stretch(now, bool(lines))
            with suppress(RuntimeError):  # The loop may close at this moment.
                watched.loop.call_soon_threadsafe(self._answer, watched)
            return
        if lines and stretch.in_package:
            stretch.computed += now - stretch.seen
            stretch.slept += INTERVAL if self._is_asleep() else 0.0
        stretch.seen, stretch.in_package = now, bool(lines)
        if stretch.computed > self._limit:
            self._note(
                "compute in `asyncio.to_thread`, or `await asyncio.sleep(0)` at times",
                lines,
            )
        elif stretch.slept > self._limit:
            self._note(
                "wait in `asyncio.to_thread`, or use what asyncio has for it", lines
            )
        else:
            return
        stretch.computed = stretch.slept = 0.0

    def _note(self, mend: str, lines: list[Line]) -> None:
        what = f"the event loop stood still for {self._limit:g} s"
        self._findings.add("blocking", what, mend, lines)

    def _lines_of_package(self) -> list[Line]:
        """Return where the main thread is, if the package holds it."""
        frame = sys._current_frames().get(self._main.ident or 0)
        callers = list(unwatched(frame))
        own = self._findings.own
        return [*map(line_of, callers)] if held_by_package(callers, own) else []

    def _answer(self, watched: Watched) -> None:
        watched.stretch = None

    def _cpu_time(self) -> float | None:
        """Return how long the main thread has computed, in seconds, where that is known."""
        if self._main.ident is None or not hasattr(time, "pthread_getcpuclockid"):
            return None
        return time.clock_gettime(time.pthread_getcpuclockid(self._main.ident))

    def _is_asleep(self) -> bool:
        """Tell whether the main thread waits in a call of the system, where that is known."""
        status = Path(f"/proc/self/task/{self._main.native_id}/stat")
        try:
            state = status.read_text("utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return False
        return state in {"S", "D"}
