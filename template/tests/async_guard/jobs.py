"""Jobs in threads that do not end: the loop, and Python's exit, would wait for them for good."""

import asyncio
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from weakref import WeakKeyDictionary

from .findings import Findings
from .mistakes import Line, unwatched

POOLS = ("concurrent/futures/thread.py", "concurrent/futures/process.py")
WORKER = "_worker"
"""The function of a pool's thread that waits for the next job."""

LOOP_S_POOL = "asyncio_"
"""What asyncio names the threads of a loop's own pool."""

INTERVAL = 0.01
GRACE = 0.5
"""Seconds that a thread has to end when the whole run is over."""


class Jobs:
    """The threads that tests have started, and what they do now."""

    def __init__(self, findings: Findings, seconds: float) -> None:
        self._findings = findings
        self._seconds = seconds
        self.in_pools = 0
        """How many threads the pools have started by now."""
        self._before = threading.enumerate()
        """The threads that were there before this run, which may be one of a test's."""
        self._started: WeakKeyDictionary[threading.Thread, list[Line]] = (
            WeakKeyDictionary()
        )

    def add(self, thread: Any, lines: list[Line]) -> bool:
        """Remember a thread; tell whether it is one of a pool's, which end with the pool."""
        self._started[thread] = lines
        is_of_pool = any(
            file.replace(os.sep, "/").endswith(POOLS) for file, _ in lines[:3]
        )
        self.in_pools += is_of_pool
        return is_of_pool

    def settle(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let the jobs of a loop's own pool end, so that it can close; leave those that do not."""
        patience = time.monotonic() + self._seconds
        pool = [
            thread for thread in self._started if thread.name.startswith(LOOP_S_POOL)
        ]
        while busy := [thread for thread in pool if is_busy(thread)]:
            if "deadline" in self._findings.off:
                return
            if time.monotonic() > patience or self._findings.has("deadline"):
                for thread in busy:
                    self._findings.add(
                        "deadline",
                        "a job in a thread did not end",
                        "await it, and have something end it",
                        self._started.pop(thread),
                    )
                loop.set_default_executor(ThreadPoolExecutor())
                return
            time.sleep(INTERVAL)

    def endless(self) -> list[threading.Thread]:
        """Return the threads that keep Python from exiting."""
        patience = time.monotonic() + GRACE
        threads = [
            thread
            for thread in threading.enumerate()
            if not (thread.daemon or thread in self._before)
        ]
        while busy := [thread for thread in threads if is_busy(thread)]:
            if time.monotonic() > patience:
                return busy
            time.sleep(INTERVAL)
        return []


def is_busy(thread: threading.Thread) -> bool:
    """Tell whether a thread runs, and does not just wait for its pool's next job."""
    pending = getattr(thread, "pending_work_items", None)
    if pending is not None:  # It hands jobs to a pool of processes.
        return bool(pending)
    frames = list(unwatched(sys._current_frames().get(thread.ident or 0)))
    return bool(frames) and frames[0].f_code.co_name != WORKER
