"""Tests and fixtures that hang: what is over its deadline is cancelled, then its loop stopped.

A thread counts real time, outside the loop and by no clock that a test could change. What
never comes back to the loop is left to pytest-timeout.
"""

import _thread
import asyncio
import gc
import inspect
import os
import signal
import sys
import weakref
from contextlib import suppress
from math import ceil
from os import access
from time import perf_counter, sleep
from traceback import walk_stack
from typing import Any

from .findings import Findings
from .observe import Observers
from .own_code import Line, line_of

TICKS = 20  # How many times the thread looks until a deadline.
CANCEL_GRACE_SECONDS = 0.5  # How long a cancelled test may take before its loop is stopped.
EXIT_SECONDS = 0.1  # How long the thread may take to exit before a fork.
FIX = "find out what this waits for; bound the wait with `asyncio.timeout`"
DEBUGGERS = {"bdb", "code", "debugpy", "pdb", "pydevd", "_pydevd_bundle", "IPython"}


class Run:
    """What a loop runs until it is done: a test, or a fixture's setup or teardown."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = weakref.ref(loop)
        self.ticks_left = TICKS + 1
        self.is_cancelled = False


class Deadline:
    """Ends what runs for longer than some seconds."""

    def __init__(self, findings: Findings, observers: Observers, seconds: float) -> None:
        self._findings = findings
        self._seconds = seconds
        self._run: Run | None = None  # The last.
        self._watcher = 0  # The system's number of the thread.
        self._stop: Any = None
        self._stopped: Any = None
        observers.at_end(self._end)
        if hasattr(os, "register_at_fork"):  # Python warns of threads while it forks.
            os.register_at_fork(before=self._end)

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give what a loop is about to run its whole time."""
        self._run = Run(loop)
        if not self._stop:
            self._stop, self._stopped = _thread.allocate_lock(), _thread.allocate_lock()
            self._stop.acquire()
            self._stopped.acquire()
            # Not one of `threading`, which would list it among a test's own.
            _thread.start_new_thread(self._watch, (self._stop, self._stopped))

    def _end(self) -> None:
        stop, self._stop = self._stop, None
        if stop:
            stop.release()
            self._stopped.acquire()
            until = perf_counter() + EXIT_SECONDS
            while access(f"/proc/self/task/{self._watcher}", 0) and perf_counter() < until:
                sleep(0)  # Python's part of it is over, but the system's is not.

    def _watch(self, stop: Any, stopped: Any) -> None:
        if hasattr(signal, "pthread_sigmask"):  # Signals are for the tests.
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        self._watcher = _thread.get_native_id()
        while not stop.acquire(timeout=self._seconds / TICKS):
            if (run := self._run) and (loop := run.loop()) and loop.is_running():
                run.ticks_left = TICKS if is_at_debugger() else run.ticks_left - 1
                if run.ticks_left <= 0:
                    run.ticks_left = ceil(CANCEL_GRACE_SECONDS / self._seconds * TICKS)
                    with suppress(RuntimeError):  # The loop may close at this moment.
                        loop.call_soon_threadsafe(self._interrupt, loop, run)
        stopped.release()

    def _interrupt(self, loop: asyncio.AbstractEventLoop, run: Run) -> None:
        """Cancel what runs, on its loop, and report where that and other tasks wait."""
        if self._run is not run:
            return
        if run.is_cancelled:
            loop.stop()
            return
        tasks, coroutine = asyncio.all_tasks(loop), running_coroutine()
        main = next((task for task in tasks if task.get_coro() is coroutine), None)
        if main is None or "deadline" in self._findings.off or is_debugged():
            run.ticks_left = TICKS
            return
        main.cancel()
        run.is_cancelled = self._findings.hung = True
        what = f"still waiting after {self._seconds:g} s"
        for task in (main, *tasks - {main}):
            self._findings.add("deadline", what, FIX, lines_of_await(task.get_coro()))


def is_at_debugger() -> bool:
    """Return whether a thread waits for a person at a debugger's prompt."""
    stacks = map(walk_stack, sys._current_frames().values())
    modules = (str(frame.f_globals.get("__name__")) for stack in stacks for frame, _ in stack)
    return any(module.partition(".")[0] in DEBUGGERS for module in modules)


def is_debugged() -> bool:
    """Return whether a debugger watches this thread, and not only coverage."""
    trace, monitoring = sys.gettrace(), getattr(sys, "monitoring", None)
    if monitoring and monitoring.get_tool(monitoring.DEBUGGER_ID):
        return True
    module = getattr(trace, "__module__", None) or type(trace).__module__
    return trace is not None and not module.startswith("coverage")


def running_coroutine() -> Any:
    """Return the coroutine that the innermost `asyncio.Runner` runs on this thread."""
    code = inspect.unwrap(asyncio.Runner.run).__code__
    stack = walk_stack(sys._getframe())
    return next((frame.f_locals.get("coro") for frame, _ in stack if frame.f_code is code), None)


def lines_of_await(awaitable: Any) -> list[Line]:
    """Return the lines of a chain of awaits, from the innermost outwards."""
    lines: list[Line] = []
    while awaitable is not None:
        held = [getattr(awaitable, f"{kind}_frame", None) for kind in ("cr", "ag", "gi")]
        lines += [line_of(frame) for frame in held if frame is not None]
        names = ("cr_await", "ag_await", "gi_yieldfrom")
        inner = [getattr(awaitable, name, None) for name in names]
        if type(awaitable).__name__.startswith("async_generator_"):
            # No attribute leads to its generator.
            inner = [*filter(inspect.isasyncgen, gc.get_referents(awaitable))]
        awaitable = next((found for found in inner if found is not None), None)
    return lines[::-1]
