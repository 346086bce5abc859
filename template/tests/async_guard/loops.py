"""Event loops: what is left on one when it closes, and the exceptions that are lost there."""

import asyncio
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from gc import collect  # As it is before it is observed: that one looks at all objects.
from threading import get_ident
from typing import Any, NamedTuple

import pytest

from . import compat, deadline
from .dropped import Generators
from .findings import Findings, shown
from .observe import Observed, Observers
from .own_code import Line, lines_of_coroutine, lines_of_error

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


class Loops:
    """Observes `asyncio.Runner`, which pytest-asyncio, unittest and `asyncio.run` use."""

    def __init__(
        self, findings: Findings, observers: Observers, deadline: deadline.Deadline
    ) -> None:
        self.before: Callable[[], None] | None = None  # To do before a test's first run on a loop.
        self._findings = findings
        self._observers = observers
        self._deadline = deadline
        self._tests = get_ident()  # The thread that runs the tests.
        self._generators = Generators(findings, observers)
        self._runners: weakref.WeakSet[asyncio.Runner] = weakref.WeakSet()
        self._excused: weakref.WeakSet[asyncio.Task[Any]] = weakref.WeakSet()
        self._kinds: set[type] = set()
        self._scheduled: weakref.WeakKeyDictionary[Any, list[Scheduled]]
        self._scheduled = weakref.WeakKeyDictionary()
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
        if asyncio._get_running_loop():
            return None
        try:
            loop = runner.get_loop()
        except RuntimeError:  # It is closed: the run is to say so.
            return None
        if type(loop) not in self._kinds:
            self._observe(type(loop))
        if get_ident() != self._tests:
            return None
        before, self.before = self.before, None
        if before:
            before()
        self._deadline.begin(loop)
        if self._findings.own.stack(sys._getframe(2)).lines:
            return None  # It is one of `asyncio.run`, which ends what is left.
        self._runners.add(runner)
        return partial(self._run, run)

    def _run(self, run: Callable[..., Any], coro: Any, **options: Any) -> Any:
        """Run a test, or a fixture's setup or teardown.

        pytest could tear nothing down after a cancellation, so another error takes its place.
        """
        __tracebackhide__ = True
        try:
            return run(coro, **options)
        except (asyncio.CancelledError, RuntimeError) as error:
            if not self._findings.hung:
                raise
            raise TimeoutError(self._findings.text(self._findings.found.values())) from error

    def _looking_up(self, name: str, loop: Any, method: Callable[..., Any]) -> Any:
        """Return what calls a method of a loop, and remembers what the project's own code does."""
        if name == HANDLER:
            return partial(self._on_loop, method)
        frame = sys._getframe(2)
        if frame.f_code.co_filename not in self._findings.own:
            return None
        lines = self._findings.own.stack(frame).lines
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
        loop, unfinished = runner.get_loop(), self._generators.unfinished()
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
        """Report nothing of the tasks that run now: a failing test left them."""
        for runner in self._runners:
            self._excused.update(asyncio.all_tasks(runner.get_loop()))

    async def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        """Note the tasks that are not about to end, and end them and the generators."""
        await self._come_round(loop)
        for task in asyncio.all_tasks(loop) - {asyncio.current_task()}:
            lines = lines_of_coroutine(task.get_coro()) + deadline.lines_of_await(task.get_coro())
            # Else it is a library's own, or a failing test left it.
            if self._findings.own.lines(lines) and task not in self._excused:
                what = f"the task {name_of(task)} was left running"
                fix = "await it, cancel and await it, or start it in an `asyncio.TaskGroup`"
                self._findings.add("tasks", what, fix, lines)
            task.cancel()
        await self._come_round(loop)
        if self._generators.unfinished():
            await loop.shutdown_asyncgens()

    async def _come_round(self, loop: asyncio.AbstractEventLoop) -> None:
        for _ in range(ROUNDS):
            if len(asyncio.all_tasks(loop)) == 1:
                break
            await asyncio.sleep(0)

    def _on_loop(self, log: Callable[..., None], context: dict[str, Any]) -> None:
        """Note what the loop has no caller to report to, and have it logged as ever."""
        message, error = str(context.get("message", "")), context.get("exception")
        task = context.get("task") or context.get("future")
        made = lines_of_coroutine(task.get_coro()) if isinstance(task, asyncio.Task) else []
        lines = lines_of_error(error) + made
        if error and ("never retrieved" in message or self._findings.own.lines(lines)):
            self._lost(error, lines)
        elif "destroyed but it is pending" in message:
            what = f"the task {name_of(task)} was dropped while it was running"
            fix = "keep a reference to it, and await or cancel it"
            self._findings.add("tasks", what, fix, made)
        log(context)

    def _lost(self, error: BaseException, lines: list[Line]) -> None:
        if isinstance(error, pytest.fail.Exception):  # It is pytest-timeout's.
            self._findings.add("deadline", f"held the event loop: {error}", deadline.FIX, lines)
        elif not isinstance(error, asyncio.CancelledError):  # Some versions report a server's.
            what = f"exception never retrieved: {shown(error)}"
            fix = "await what raises it, or handle it where it is raised"
            self._findings.add("exceptions", what, fix, lines)


def name_of(task: Any) -> str:
    """Return what a task runs."""
    coroutine = task.get_coro() if isinstance(task, asyncio.Task) else None
    name = getattr(coroutine, "__qualname__", None)
    return f"{name}()" if name else shown(task)
