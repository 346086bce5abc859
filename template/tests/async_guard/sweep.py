"""Cancellation at every await: the fixture `cancel_everywhere`."""

import asyncio
import inspect
import sys
import types
from asyncio import current_task, get_running_loop, wait  # Before a test replaces them.
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Generator, Iterator
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field, replace
from functools import partial
from gc import collect
from itertools import count
from typing import Any, NamedTuple, ParamSpec
from weakref import WeakSet

import pytest

from .findings import Findings, shown
from .loops import FIX, ROUNDS, name_of
from .observe import Observers
from .own_code import Line, OwnCode, lines_of_await, lines_of_coroutine
from .plugin import GUARD, AsyncGuard

P = ParamSpec("P")
Raised = type[BaseException] | tuple[type[BaseException], ...]
Task = asyncio.Task[Any]
NAME = "cancel_everywhere"
ALLOW = f"let CancelledError pass, or allow this by `{NAME}.options(%s)`"
LIMIT = f"call a smaller function, or set `{NAME}.options(limit=…)`"
NOTES = pytest.StashKey[list[str]]()  # For an error in the body of a loop.
CALLED = pytest.StashKey[list[str]]()  # What no loop has begun to cancel.


class Cancelled(NamedTuple):
    """A run that was cancelled: at which of its suspensions, and the project's line of that."""

    number: int
    line: str


@dataclass(eq=False)
class Run:
    """A run of a function, to be cancelled when it, or a task that it starts, suspends."""

    number: int  # Of the suspension, from 1.
    own: OwnCode
    count: int = 0
    task: Task | None = None
    started: WeakSet[Task] = field(default_factory=WeakSet)  # By the project's own code.
    lines: list[Line] = field(default_factory=list)  # Where it was cancelled.


RUNS: ContextVar[tuple[Run, ...]] = ContextVar("RUNS", default=())


class Driven(Coroutine[Any, Any, Any]):
    """The coroutine of a task, as a run drives it that counts its suspensions."""

    def __init__(self, coroutine: Any, run: Run) -> None:
        self._coroutine, self._run = coroutine, run

    def __getattr__(self, name: str) -> Any:
        return getattr(self._coroutine, name)

    def __await__(self) -> Any:
        return self._coroutine.__await__()

    def close(self) -> None:
        self._coroutine.close()

    def send(self, value: Any) -> Any:
        __tracebackhide__ = True
        return self._step(self._coroutine.send, value)

    def throw(self, *error: Any) -> Any:
        return self._step(self._coroutine.throw, *error)

    def _step(self, step: Callable[..., Any], *args: Any) -> Any:
        __tracebackhide__ = True
        run = self._run
        run.task = task = run.task or current_task()  # It may begin as it is created.
        awaited = step(*args)
        if task and not task.done():
            run.count += 1
            if run.count == run.number:
                run.lines = lines_of_await(self._coroutine) + lines_of_await(task.get_coro())
                task.cancel()
        return awaited


@dataclass(frozen=True, repr=False)
class CancelEverywhere:
    """Calls a function again and again, and cancels each run one suspension later."""

    _item: pytest.Item
    _guard: AsyncGuard | None
    _findings: Findings
    _observers: Observers
    _swallows: bool = False
    _raises: Raised = ()
    _limit: int = 1000

    def options(
        self, *, swallows: bool = False, raises: Raised = (), limit: int | None = None
    ) -> "CancelEverywhere":
        """Return the same with other rules: cancelled runs may return or raise, or be more."""
        if limit is not None and limit < 1:
            raise ValueError(f"{NAME}.options(limit={limit}): the limit must be above 0")
        swallows, raises = swallows or self._swallows, raises or self._raises
        return replace(self, _swallows=swallows, _raises=raises, _limit=limit or self._limit)

    def __call__(
        self, function: Callable[P, Awaitable[object]], /, *args: P.args, **kwargs: P.kwargs
    ) -> AsyncGenerator[Cancelled]:
        """Yield after each cancelled run, for the body of a loop to check what must hold."""
        given: Any = function
        if not callable(given):
            getattr(given, "close", str)()  # A coroutine was made, and is not awaited.
            raise TypeError(f"write {NAME}(function, …): {given!r} is not a function")
        name = f"{getattr(given, '__name__', type(given).__name__)}()"

        async def call() -> object:
            __tracebackhide__ = True
            awaitable: Any = function(*args, **kwargs)
            if inspect.isawaitable(awaitable):
                return await awaitable
            raise TypeError(f"{name} is not async: it returned {awaitable!r}")

        self._item.stash[CALLED].append(name)
        return self._sweep(name, call)

    async def _sweep(self, name: str, call: Callable[[], Any]) -> AsyncGenerator[Cancelled]:
        __tracebackhide__ = True
        findings, guard, notes = self._findings, self._guard, self._item.stash[NOTES]
        self._item.stash[CALLED].remove(name)
        for number in count(1):
            run, before, findings.found = Run(number, findings.own), findings.found, {}
            opened = {**guard.resources.opened} if guard else {}
            task = self._start(run, call())
            try:
                await wait([task])
            except BaseException:
                if findings.hung:
                    state = f"cancelled at suspension {number}" if run.lines else "not cancelled"
                    what = f"run {number} of {name}, {state}, does not end"
                    lines = lines_of_await(task.get_coro()) + run.lines
                    waiting, findings.found = findings.found, {}
                    findings.add("deadline", what, FIX, lines)
                    findings.found = waiting | findings.found
                findings.found = before | findings.found
                task.cancel()
                await turns()
                raise
            if not run.lines:
                findings.found = before | findings.found
                task.result()
                if number == 1 and guard:
                    note = f"{NAME}: {name} never suspends, so that nothing was cancelled"
                    guard.notes.append(f"{note}: {self._item.nodeid}")
                return
            line = findings.own.place((findings.own.lines(run.lines) or run.lines)[0])
            note = f"{name} was cancelled at suspension {number}, at {line}"
            if wrong := self._wrong(number, task):
                findings.add(NAME, f"{name} {wrong[0]}", wrong[1], run.lines)
            del task
            run.task, run.number = None, 0  # What it left behind is no part of it.
            await turns()
            if guard:
                collect()
                await turns()
                guard.resources.judge(opened)
            for left in [one for one in run.started if not one.done()]:
                what = f"the task {name_of(left)} was left running by {name}"
                fix = "cancel and await it where what started it is cancelled"
                findings.add("tasks", what, fix, lines_of_coroutine(left.get_coro()))
            if found := findings.take():
                raise pytest.fail.Exception(f"{findings.text(found)}\n{note}.", pytrace=False)
            findings.found = before
            notes.append(note)
            yield Cancelled(number, line)
            notes.remove(note)

    def _start(self, run: Run, coroutine: Any) -> Task:
        loop, context = get_running_loop(), copy_context()
        if getattr(loop.create_task, "func", None) is not create_task:
            self._observers.put(loop, "create_task", partial(create_task, loop.create_task))
        if self._guard:
            self._guard.loops.deadline.begin(loop)  # Each run has the whole time.
        context.run(RUNS.set, (*RUNS.get(), run))
        return context.run(loop.create_task, coroutine)

    def _wrong(self, number: int, task: Task) -> tuple[str, str] | None:
        """Return what is wrong with the end of a run that was cancelled, and the fix."""
        if number > self._limit:
            return f"suspends more than {self._limit} times", LIMIT
        if task.cancelled():
            return None
        if (error := task.exception()) is None:
            what = f"swallowed its cancellation, and returned {shown(task.result())}"
            return None if self._swallows else (what, ALLOW % "swallows=True")
        what = f"raised {shown(error)} when it was cancelled"
        return None if isinstance(error, self._raises) else (what, ALLOW % "raises=…")


def create_task(create: Callable[..., Task], coroutine: Any, **options: Any) -> Task:
    """Create a task, and count its suspensions for the runs that start it."""
    runs = RUNS.get() if asyncio.iscoroutine(coroutine) else ()
    for run in runs:
        coroutine = Driven(coroutine, run)
    task = create(coroutine, **options)
    for run in runs:
        if run.own.stack(sys._getframe(1)).is_direct:
            run.started.add(task)
    return task


@types.coroutine
def turns() -> Generator[None]:
    """Let the loop come round for what is about to end."""
    for _ in range(ROUNDS):
        yield


@pytest.fixture
def cancel_everywhere(request: pytest.FixtureRequest) -> Iterator[CancelEverywhere]:
    """Cancel an async function at each of its suspensions in turn."""
    guard, root = request.config.stash.get(GUARD, None), str(request.config.rootpath)
    findings = guard.findings if guard else Findings(OwnCode(root, [root]), frozenset())
    request.node.stash[NOTES], request.node.stash[CALLED] = [], []
    observers = Observers()
    yield CancelEverywhere(request.node, guard, findings, observers)
    observers.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Say of an error in the body of a loop after which cancellation it came."""
    try:
        result = yield
    except BaseException as error:
        for note in item.stash.get(NOTES, []):
            error.add_note(note)
        raise
    for name in item.stash.get(CALLED, []):
        pytest.fail(f"write `async for … in {NAME}(…)`: no loop cancels {name}", pytrace=False)
    return result
