"""Whatever holds the event loop, seen from outside.

The loop is asked for a sign of life. As long as none comes, only the time counts that the main
thread computes, or sleeps in a call: a machine with much else to do makes no package look slow.
"""

import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

from .blocking import held_by_package, unwatched
from .findings import Findings
from .mistakes import line_of
from .watchdog import INTERVAL, Watched


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
        before = watched.computed  # The main thread may change it at any moment.
        if before is None:
            watched.computed, watched.slept = now, 0.0
            with suppress(RuntimeError):  # The loop may close at this moment.
                watched.loop.call_soon_threadsafe(self._answer, watched)
            return
        watched.slept += INTERVAL if self._is_asleep() else 0.0
        if now - before > self._limit:
            self._note(
                "compute in `asyncio.to_thread`, or `await asyncio.sleep(0)` at times"
            )
        elif watched.slept > self._limit:
            self._note("wait in `asyncio.to_thread`, or use what asyncio has for it")
        else:
            return
        watched.computed, watched.slept = now, 0.0

    def _note(self, mend: str) -> None:
        frame = sys._current_frames().get(self._main.ident or 0)
        callers = list(unwatched(frame))
        if held_by_package(callers, self._findings.own):
            what = f"the event loop stood still for {self._limit:g} s"
            self._findings.add("blocking", what, mend, map(line_of, callers))

    def _answer(self, watched: Watched) -> None:
        watched.computed = None

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
