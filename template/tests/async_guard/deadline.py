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
from itertools import chain
from os import access
from time import perf_counter, sleep
from typing import Any

from .findings import Findings
from .observe import Observers
from .own_code import Line, frames, line_of

TICKS = 20  # How many times the thread looks until a deadline.
CANCEL_GRACE_SECONDS = 0.5  # How long a cancelled test may take before its loop is stopped.
EXIT_SECONDS = 0.1  # How long the thread may take to exit before a fork.
PLACES = 4  # How many places are reported where a test and its tasks wait.
FIX = "find out what this waits for; bound the wait with `asyncio.timeout`"
DEBUGGERS = {"bdb", "code", "debugpy", "pdb", "pydevd", "_pydevd_bundle", "IPython"}


class Run:
    """What a loop runs until it is done: a test, or a fixture's setup or teardown."""

    def __init__(self, loop: asyncio.AbstractEventLoop, main: Any) -> None:
        self.loop = weakref.ref(loop)
        # None: the coroutine of the `Runner.run` on the stack.
        self.main = weakref.ref(main) if main else running_coroutine
        self.ticks = 0
        self.is_cancelled = False


class Deadline:
    """Ends what runs for longer than some seconds on the thread of the tests."""

    def __init__(self, findings: Findings, observers: Observers, seconds: float) -> None:
        self._findings = findings
        self._seconds = seconds
        self._tests = _thread.get_ident()
        self._run: Run | None = None  # The last.
        self._watcher = 0
        self._stop: Any = None
        self._forking = _thread.allocate_lock()
        observers.at_end(self._end)
        if hasattr(os, "register_at_fork"):  # Python warns of threads while it forks.
            after = {"after_in_parent": self._forking.release, "after_in_child": self._forked}
            os.register_at_fork(before=self._pause, **after)

    def begin(self, loop: asyncio.AbstractEventLoop, main: Any = None) -> None:
        """Give what a loop is about to run its whole time."""
        if self.is_tests_thread():
            self._run = Run(loop, main)
            if not self._stop:
                self._stop, self._stopped = _thread.allocate_lock(), _thread.allocate_lock()
                self._stop.acquire()
                self._stopped.acquire()
                # Not one of `threading`, which would list it among a test's own.
                _thread.start_new_thread(self._watch, (self._stop, self._stopped))

    def is_tests_thread(self) -> bool:
        """Return whether this is the thread that runs the tests."""
        return _thread.get_ident() == self._tests

    def _pause(self) -> None:
        self._forking.acquire()
        self._end()

    def _forked(self) -> None:
        self._stop = None  # There is no such thread in a child.
        self._forking.release()

    def _end(self) -> None:
        if self._stop:
            self._stop.release()
            self._stopped.acquire()
            self._stop, until = None, perf_counter() + EXIT_SECONDS
            while access(f"/proc/self/task/{self._watcher}", 0) and perf_counter() < until:
                sleep(0)  # Python's part of it is over, but the system's is not.

    def _watch(self, stop: Any, stopped: Any) -> None:
        if hasattr(signal, "pthread_sigmask"):  # Signals are for the tests.
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        self._watcher = _thread.get_native_id()
        while not stop.acquire(timeout=self._seconds / TICKS):
            if (run := self._run) and (loop := run.loop()) and loop.is_running():
                run.ticks = 0 if is_at_debugger() else run.ticks + 1
                over = (run.ticks - TICKS) * self._seconds / TICKS
                with suppress(RuntimeError):  # The loop may close at this moment.
                    if over > 0 and not run.is_cancelled:
                        run.is_cancelled = True
                        loop.call_soon_threadsafe(self._cancel, loop, run)
                    elif over > CANCEL_GRACE_SECONDS:
                        run.ticks = TICKS
                        loop.call_soon_threadsafe(self._stop_loop, loop, run)
        stopped.release()

    def _cancel(self, loop: asyncio.AbstractEventLoop, run: Run) -> None:
        """Cancel what runs, on its loop, and report where it waits."""
        main, tasks = run.main(), asyncio.all_tasks(loop)
        task = next((one for one in tasks if one.get_coro() is main), None)
        off = "deadline" in self._findings.off or is_debugged()
        if off or task is None or self._run is not run:
            run.ticks, run.is_cancelled = 0, False
            return
        others = (lines_of_await(one.get_coro()) for one in tasks - {task})
        own = sorted(lines for lines in others if self._findings.own.lines(lines))
        task.cancel()
        self._findings.hung = True
        for lines in [lines_of_await(main), *own][:PLACES]:
            what = f"still waiting after {self._seconds:g} s"
            self._findings.add("deadline", what, FIX, lines)

    def _stop_loop(self, loop: asyncio.AbstractEventLoop, run: Run) -> None:
        if run.is_cancelled and self._run is run:
            loop.stop()


def is_at_debugger() -> bool:
    """Return whether a thread waits for a person at a debugger's prompt."""
    stack = chain.from_iterable(map(frames, sys._current_frames().values()))
    modules = (str(frame.f_globals.get("__name__")) for frame in stack)
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
    runs = (one for one in frames(sys._getframe(1)) if one.f_code is code)
    return next((frame.f_locals.get("coro") for frame in runs), None)


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
