"""Event loops: what hangs on one, what is left when it closes, what errors are lost there."""

import _thread
import asyncio
import inspect
import os
import signal
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from gc import collect  # As it is before it is observed: that one looks at all objects.
from math import ceil
from os import access
from threading import current_thread, main_thread
from time import perf_counter, sleep
from traceback import walk_stack
from typing import Any, NamedTuple

import pytest

from . import compat
from .dropped import Dropped
from .findings import Findings, shown
from .observe import Observed, Observers
from .own_code import Line, line_of, lines_of_await, lines_of_coroutine, lines_of_error

TICKS = 20  # How many times the thread looks until a deadline.
CANCEL_GRACE_SECONDS = 0.5  # How long a cancelled test may take before its loop is stopped.
EXIT_SECONDS = 0.1  # How long the thread may take to exit before a fork.
FIX = "find out what this waits for; bound the wait with `asyncio.timeout`"
DEBUGGERS = {"bdb", "code", "debugpy", "pdb", "pydevd", "_pydevd_bundle", "IPython"}
ROUNDS = 50  # How often a loop comes round for tasks that are about to end.
ENDLESS: list[asyncio.Task[Any]] = []  # Never run again, never closed, since that may hang.
HANDLER = "default_exception_handler"
WATCHERS = ("add_reader", "add_writer", "add_signal_handler")


class Scheduled(NamedTuple):
    """A timer, reader, writer or signal handler of the project's own."""

    kind: str
    lines: list[Line]
    it: Any  # A weak reference to the timer, or the number of the file or signal.

    def is_left(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Return whether it is still to come, and remove it."""
        if self.kind == "timer":
            timer = self.it()
            return timer is not None and not timer.cancelled() and timer.when() > loop.time()
        return bool(getattr(loop, f"remove_{self.kind}")(self.it))


class Run:
    """What a loop runs until it is done: a test, or a fixture's setup or teardown."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = weakref.ref(loop)
        self.ticks_left = TICKS + 1
        self.is_cancelled = False


class Deadline:
    """Cancels what runs for too long, then stops its loop, by a thread that counts real time."""

    def __init__(self, findings: Findings, observers: Observers, seconds: float) -> None:
        self._findings = findings
        self._seconds = seconds
        self._run: Run | None = None  # The last.
        self._watcher = 0  # The system's number of the thread, once it runs.
        self._stop: Any = None  # A lock that the thread waits for.
        observers.callback(self._end)
        if hasattr(os, "register_at_fork"):  # Python warns of threads while it forks.
            os.register_at_fork(before=self._end, after_in_parent=self._start)

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Give what a loop is about to run its whole time."""
        self._run = Run(loop)
        self._start()

    def _start(self) -> None:
        if self._run and not self._stop:
            self._stop, self._watcher = _thread.allocate_lock(), 0
            self._stop.acquire()
            # Not one of `threading`, which would list it among a test's own.
            _thread.start_new_thread(self._watch, (self._stop,))

    def _end(self) -> None:
        stop, self._stop = self._stop, None
        if stop:
            stop.release()
            until = perf_counter() + EXIT_SECONDS
            while perf_counter() < until and (
                not self._watcher or access(f"/proc/self/task/{self._watcher}", 0)
            ):
                sleep(0)

    def _watch(self, stop: Any) -> None:
        if hasattr(signal, "pthread_sigmask"):  # Signals are for the tests.
            signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        self._watcher = _thread.get_native_id()
        while not stop.acquire(timeout=self._seconds / TICKS):
            if (run := self._run) and (loop := run.loop()) and loop.is_running():
                run.ticks_left = TICKS if is_debugged() else run.ticks_left - 1
                if run.ticks_left <= 0:
                    run.ticks_left = ceil(CANCEL_GRACE_SECONDS / self._seconds * TICKS)
                    with suppress(RuntimeError):  # The loop may close at this moment.
                        loop.call_soon_threadsafe(self._interrupt, loop, run)

    def _interrupt(self, loop: asyncio.AbstractEventLoop, run: Run) -> None:
        """Cancel what runs, on its loop, and report where that and other tasks wait."""
        if self._run is not run:
            return
        if run.is_cancelled:
            loop.stop()
            return
        code, stack = inspect.unwrap(asyncio.Runner.run).__code__, walk_stack(sys._getframe())
        coroutine = next((one.f_locals.get("coro") for one, _ in stack if one.f_code is code), None)
        tasks = asyncio.all_tasks(loop)
        main = next((task for task in tasks if task.get_coro() is coroutine), None)
        if main is None or "deadline" in self._findings.off or is_debugged():
            run.ticks_left = TICKS
            return
        main.cancel()
        run.is_cancelled = self._findings.hung = True
        what = f"still waiting after {self._seconds:g} s"
        for task in (main, *tasks - {main}):
            self._findings.add("deadline", what, FIX, lines_of_await(task.get_coro()))


class Loops:
    """Observes `asyncio.Runner`, which pytest-asyncio, unittest and `asyncio.run` use."""

    def __init__(
        self, findings: Findings, observers: Observers, dropped: Dropped, seconds: float
    ) -> None:
        self.before: Callable[[], None] | None = None  # To do before a test's first run on a loop.
        self._findings = findings
        self._observers = observers
        self.deadline = Deadline(findings, observers, seconds)
        self._dropped = dropped
        self._excused = weakref.WeakSet[asyncio.Task[Any]]()  # What failing tests left.
        self._runners = weakref.WeakSet[asyncio.Runner]()
        self._scheduled = weakref.WeakKeyDictionary[Any, list[Scheduled]]()
        self._kinds: set[type] = set()
        self._observe(asyncio.BaseEventLoop)
        observers.add(asyncio.Runner, "run", self._running)
        observers.add(asyncio.Runner, "close", self._closing)

    def _observe(self, kind: type) -> None:
        self._kinds.add(kind)
        for name in ("call_later", "call_at", *WATCHERS, HANDLER):
            owner = next(one for one in kind.__mro__ if name in vars(one))
            if type(vars(owner)[name]) is not Observed:
                self._observers.add(owner, name, partial(self._looking_up, name))

    def _running(self, runner: Any, run: Callable[..., Any]) -> Any:
        """Prepare a loop for a run; bound that of a test or a fixture."""
        if compat.running_loop():
            return None
        if type(loop := runner.get_loop()) not in self._kinds:
            self._observe(type(loop))
        if current_thread() is not main_thread():
            return None
        before, self.before = self.before, None
        if before:
            before()
        self.deadline.begin(loop)
        if self._findings.own.stack(sys._getframe(2)).lines:
            return None  # It is one of `asyncio.run`, which ends what is left.
        self._runners.add(runner)
        return partial(self._run, run)

    def _run(self, run: Callable[..., Any], coro: Any, **options: Any) -> Any:
        __tracebackhide__ = True  # Of a test, or of a fixture's setup or teardown.
        try:
            return run(coro, **options)
        except (asyncio.CancelledError, RuntimeError) as error:  # pytest tears nothing down then.
            if not self._findings.hung:
                raise
            raise TimeoutError(self._findings.text(self._findings.found.values())) from error

    def _looking_up(self, name: str, loop: Any, method: Callable[..., Any]) -> Any:
        if name == HANDLER:
            return partial(self._on_loop, method)
        frame, own = sys._getframe(2), self._findings.own
        if not own.lines([line_of(frame)]):
            return None
        lines = own.stack(frame).lines
        entries = self._scheduled.setdefault(loop, [])

        def remember(*args: Any, **options: Any) -> Any:
            made = method(*args, **options)
            if name in WATCHERS:
                watched = next(iter((*args, *options.values())))
                number = watched if isinstance(watched, int) else watched.fileno()
                entries.append(Scheduled(name.removeprefix("add_"), lines, number))
            elif made:
                entries.append(Scheduled("timer", lines, weakref.ref(made)))
            return made

        return remember

    def _closing(self, runner: Any, _: Any) -> None:
        """Record what is left on a loop, and end all that would keep it from closing."""
        if runner not in self._runners:
            return
        loop, unfinished = runner.get_loop(), self._dropped.has_unfinished()
        if unfinished:
            collect()
        if unfinished or asyncio.all_tasks(loop):
            with suppress(asyncio.CancelledError, RuntimeError, TimeoutError):
                runner.run(self._end(loop))
            for task in asyncio.all_tasks(loop):
                compat.abandon(task)
                ENDLESS.append(task)
        self._runners.discard(runner)
        for entry in self._scheduled.pop(loop, ()):
            if entry.is_left(loop):
                what = f"a {entry.kind.replace('_', ' ')} was left on the event loop"
                self._findings.add("tasks", what, "cancel or remove it", entry.lines)

    def excuse(self) -> None:
        """Report nothing of the tasks that run now, and of timers that are set."""
        for runner in self._runners:
            self._excused.update(asyncio.all_tasks(runner.get_loop()))
            self._scheduled.pop(runner.get_loop(), None)

    async def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        """Note the tasks that are not about to end, and end them and the generators."""
        for _ in range(ROUNDS):
            await asyncio.sleep(0)
        for task in asyncio.all_tasks(loop) - {asyncio.current_task()}:
            lines = lines_of_coroutine(task.get_coro()) + lines_of_await(task.get_coro())
            if self._findings.own.lines(lines) and task not in self._excused:  # Or a library's.
                what = f"the task {name_of(task)} was left running"
                fix = "await it, cancel and await it, or start it in an `asyncio.TaskGroup`"
                self._findings.add("tasks", what, fix, lines)
            task.cancel()
        for _ in range(ROUNDS):
            await asyncio.sleep(0)
        if self._dropped.has_unfinished():
            await loop.shutdown_asyncgens()

    def _on_loop(self, log: Callable[..., None], context: dict[str, Any]) -> None:
        """Note what the loop has no caller to report to, and have it logged as ever."""
        message, error = str(context.get("message", "")), context.get("exception")
        task = context.get("task") or context.get("future")
        made = lines_of_coroutine(task.get_coro()) if isinstance(task, asyncio.Task) else []
        lines = lines_of_error(error) + made
        is_lost = "never retrieved" in message or bool(self._findings.own.lines(lines))
        if isinstance(error, pytest.fail.Exception):  # It is pytest-timeout's.
            self._findings.add("deadline", f"held the event loop: {error}", FIX, lines)
        elif error and is_lost and not isinstance(error, asyncio.CancelledError):
            what = f"exception never retrieved: {shown(error)}"
            fix = "await what raises it, or handle it where it is raised"
            self._findings.add("exceptions", what, fix, lines)
        elif "destroyed but it is pending" in message:
            what = f"the task {name_of(task)} was dropped while it was running"
            fix = "keep a reference to it, and await or cancel it"
            self._findings.add("tasks", what, fix, made)
        log(context)


def name_of(task: Any) -> str:
    """Return what a task runs."""
    name = getattr(getattr(task, "get_coro", object)(), "__qualname__", None)
    return f"{name}()" if name else shown(task)


def is_debugged() -> bool:
    """Return whether a debugger, not only coverage, watches this thread or waits for a person."""
    trace, monitoring = sys.gettrace(), getattr(sys, "monitoring", None)
    module = getattr(trace, "__module__", None) or type(trace).__module__
    if trace and not module.startswith("coverage"):
        return True
    stacks = map(walk_stack, sys._current_frames().values())
    modules = (str(frame.f_globals.get("__name__")) for stack in stacks for frame, _ in stack)
    at_prompt = any(module.partition(".")[0] in DEBUGGERS for module in modules)
    return at_prompt or bool(monitoring and monitoring.get_tool(monitoring.DEBUGGER_ID))
