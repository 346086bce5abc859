"""Event loops: what is left on one when it closes, and the exceptions that are lost there."""

import asyncio
import sys
import weakref
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from gc import collect  # As it is before it is observed: that one looks at all objects.
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary, WeakSet

import pytest

from . import compat, deadline
from .dropped import Generators
from .findings import Findings, shown
from .observe import Observers
from .own_code import Line, lines_of_coroutine, lines_of_error

ROUNDS = 50  # How often a loop comes round for tasks that are about to end.
CERTAIN = ("never retrieved", "Exception in callback")
UNCERTAIN = ("Unhandled exception", "Fatal", "Error on", "an error occurred during")
"""What asyncio says where an exception is lost: for certain, or if its code is the project's."""

ENDLESS: list[asyncio.Task[Any]] = []  # Never run again, never closed, since that may hang.
HANDLER = "default_exception_handler"
WATCHING = ("add_reader", "add_writer", "add_signal_handler")


class Scheduled(NamedTuple):
    """A timer, a reader, a writer or a signal handler of the project's own."""

    kind: str
    lines: list[Line]
    is_left: Callable[[asyncio.AbstractEventLoop], Any]


class Loops:
    """Observes `asyncio.Runner`, which pytest-asyncio, unittest and `asyncio.run` use."""

    def __init__(
        self, findings: Findings, observers: Observers, deadline: deadline.Deadline
    ) -> None:
        self.before: Callable[[], None] | None = None  # To do before a test's first run on a loop.
        self._findings = findings
        self._observers = observers
        self._deadline = deadline
        self._generators = Generators(findings, observers)
        self._runners: WeakSet[asyncio.Runner] = WeakSet()
        self._excused: WeakSet[asyncio.Task[Any]] = WeakSet()  # Left by a test that failed.
        self._left_by_run: set[asyncio.Task[Any]] = set()
        self._observed: set[Any] = set()  # Classes of loops, and their methods.
        self._scheduled: WeakKeyDictionary[Any, list[Scheduled]] = WeakKeyDictionary()
        self._observe(asyncio.BaseEventLoop)
        observers.add(asyncio.Runner, "run", self._running)
        observers.add(asyncio.Runner, "close", self._closing)

    def _observe(self, kind: type) -> None:
        for name in ("call_later", "call_at", *WATCHING, HANDLER):
            owner = next((one for one in kind.__mro__ if name in vars(one)), None)
            if owner and (owner, name) not in self._observed:
                self._observed.add((owner, name))
                scheduling = partial(self._scheduling, name)
                logging = lambda _, log: partial(self._on_loop, log)  # noqa: E731
                self._observers.add(owner, name, logging if name == HANDLER else scheduling)
        self._observed.add(kind)

    def _running(self, runner: Any, run: Callable[..., Any]) -> Any:
        """Prepare a loop for a run; bound that of a test or a fixture."""
        try:
            loop = None if asyncio._get_running_loop() else runner.get_loop()
        except RuntimeError:  # It is closed.
            loop = None
        if loop is None or loop.is_closed():
            return None  # The run is to say so.
        self._generators.loops.add(loop)
        if type(loop) not in self._observed:
            self._observe(type(loop))
        if not self._deadline.is_tests_thread():
            return None
        before, self.before = self.before, None
        if before:
            before()
        if self._findings.own.stack(sys._getframe(2)).lines:
            self._deadline.begin(loop)
            return None
        self._runners.add(runner)  # Not one of `asyncio.run`, which ends what is left.
        return partial(self._run, run, loop)

    def _run(self, run: Callable[..., Any], loop: Any, coro: Any, **options: Any) -> Any:
        """Run a test, or a fixture's setup or teardown.

        pytest could tear nothing down after a cancellation, so another error takes its place.
        """
        __tracebackhide__ = True
        self._deadline.begin(loop, coro)
        try:
            return run(coro, **options)
        except (asyncio.CancelledError, RuntimeError) as error:
            if not self._findings.hung:
                raise
            raise TimeoutError(self._findings.text(self._findings.found)) from error
        finally:
            # The children of a lost `gather` may be garbage, and are destroyed without a word.
            self._left_by_run = asyncio.all_tasks(loop)

    def _scheduling(self, name: str, loop: Any, schedule: Callable[..., Any]) -> Any:
        """Return a function that remembers what the project's own code schedules."""
        frame = sys._getframe(2)
        if frame.f_code.co_filename not in self._findings.own:
            return None
        lines = self._findings.own.stack(frame).lines
        entries = self._scheduled.setdefault(loop, [])

        def remember(*args: Any, **options: Any) -> Any:
            made = schedule(*args, **options)
            if name in WATCHING:
                watched = next(iter((*args, *options.values())))
                number = watched if isinstance(watched, int) else watched.fileno()
                remove = name.replace("add", "remove")
                is_left = lambda loop: getattr(loop, remove)(number)  # noqa: E731
                entries.append(Scheduled(name[4:].replace("_", " "), lines, is_left))
            elif made is not None:
                entries.append(Scheduled("timer", lines, partial(is_to_come, weakref.ref(made))))
            return made

        return remember

    def _closing(self, runner: Any, _: Any) -> None:
        """Record what is left on a loop, and end all that would keep it from closing."""
        if runner not in self._runners:
            return
        self._runners.discard(runner)
        loop, unfinished = runner.get_loop(), self._generators.unfinished()
        if unfinished:
            collect()
        if unfinished or asyncio.all_tasks(loop) or self._generators.closing():
            ending = self._end(loop)
            self._deadline.begin(loop, ending)
            with suppress(asyncio.CancelledError, RuntimeError):
                loop.run_until_complete(ending)
        for task in asyncio.all_tasks(loop):
            compat.abandon(task)
            ENDLESS.append(task)
        self._left_by_run = set()
        for entry in self._scheduled.pop(loop, ()):
            if entry.is_left(loop):
                what = f"a {entry.kind} was left on the event loop"
                self._findings.add("tasks", what, "cancel or remove it", entry.lines)

    async def _end(self, loop: asyncio.AbstractEventLoop) -> None:
        """Note the tasks that are not about to end, and end them and the generators."""
        await self._come_round(loop)
        for task in asyncio.all_tasks(loop) - {asyncio.current_task()}:
            if task not in self._excused:
                self._note(task)
            task.cancel()
        await self._come_round(loop)
        if self._generators.unfinished():
            await loop.shutdown_asyncgens()

    async def _come_round(self, loop: asyncio.AbstractEventLoop) -> None:
        for _ in range(ROUNDS):
            if len(asyncio.all_tasks(loop)) == 1 and not self._generators.closing():
                break
            await asyncio.sleep(0)

    def _note(self, task: asyncio.Task[Any]) -> None:
        coroutine = task.get_coro()
        lines = lines_of_coroutine(coroutine) + deadline.lines_of_await(coroutine)
        what = f"the task {name_of(task)} was left running"
        fix = "await it, cancel and await it, or start it in an `asyncio.TaskGroup`"
        if task.cancelling():
            what = f"the task {name_of(task)} was cancelled, and goes on"
            fix = "await it after `cancel()`; where `CancelledError` is caught, raise it again"
        if self._findings.own.lines(lines):  # Else it is a library's own.
            self._findings.add("tasks", what, fix, lines)

    def _on_loop(self, log: Callable[..., None], context: dict[str, Any]) -> None:
        """Note what the loop has no caller to report to, and have it logged as ever."""
        message, error = str(context.get("message", "")), context.get("exception")
        task = context.get("task") or context.get("future")
        made = lines_of_coroutine(coroutine_of(task))
        lines = lines_of_error(error) + made
        known = CERTAIN + (UNCERTAIN if self._findings.own.lines(lines) else ())
        if error and any(words in message for words in known):
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

    def excuse(self) -> None:
        """Report nothing of the tasks that run now: a failing test left them."""
        for runner in self._runners:
            self._excused.update(asyncio.all_tasks(runner.get_loop()))

    def judge_kept(self, objects: Iterable[Any]) -> None:
        """Record the tasks that failed unseen, and that something still holds."""
        for task in objects:
            if (
                type(task) is asyncio.Task  # A mock may act when it is asked for its class.
                and compat.has_unseen_exception(task)
                and task.get_loop().is_closed()  # Else a fixture may ask for it yet.
                and (error := task.exception())
            ):
                self._lost(error, lines_of_error(error) + lines_of_coroutine(task.get_coro()))


def coroutine_of(task: Any) -> Any:
    """Return the coroutine of a task, if it still has one."""
    return task.get_coro() if isinstance(task, asyncio.Task) else None


def name_of(task: Any) -> str:
    """Return what a task runs."""
    name = getattr(coroutine_of(task), "__qualname__", None)
    return f"{name}()" if name else shown(task)


def is_to_come(timer: Callable[[], Any], loop: asyncio.AbstractEventLoop) -> bool:
    """Return whether a timer is neither cancelled nor due."""
    handle = timer()
    return handle is not None and not handle.cancelled() and handle.when() > loop.time()
