"""Cancellation at every await: the fixture `cancel_everywhere`."""

import asyncio
import warnings
from asyncio import get_running_loop, sleep, wait  # Before a test replaces them.
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial
from gc import collect
from itertools import count
from types import MethodType
from typing import Any, ParamSpec, Self
from weakref import WeakSet

import pytest

from .findings import shown
from .loops import ROUNDS, name_of
from .own_code import Line, lines_of_await, lines_of_coroutine
from .plugin import GUARD, AsyncGuard

P = ParamSpec("P")
Raised = type[BaseException] | tuple[type[BaseException], ...]
NAME = "cancel_everywhere"
FIX = f"let CancelledError pass, or allow it by `{NAME}.options(swallows=…, raises=…, limit=…)`"
FIX_LEFT = "cancel and await it where what started it is cancelled"
RUN: ContextVar["Cancelled | None"] = ContextVar("RUN", default=None)  # That a task belongs to.
NOTES = pytest.StashKey[dict[str, str]]()  # By function: what was cancelled last.
__tracebackhide__ = True  # Of all frames of this module.


@dataclass(eq=False)
class Cancelled:
    """A run of a function, cancelled where it, or a task that it starts, suspends once more."""

    number: int  # Of the suspension, from 1.
    line: str = ""  # The project's own, where that is.
    _count: int = field(default=0, repr=False)
    _task: asyncio.Task[Any] | None = field(default=None, repr=False)
    _tasks: WeakSet[asyncio.Task[Any]] = field(default_factory=WeakSet, repr=False)
    _lines: list[Line] = field(default_factory=list, repr=False)  # All where it was cancelled.

    def _step(self, take: Callable[..., None], task: asyncio.Task[Any], *args: Any) -> None:
        """Take a step of a task, and count the suspension that ends it."""
        take(*args)
        if self._task and not self._task.done() and not task.done():
            self._tasks.add(task)
            self._count += 1
            if self._count == self.number:
                for one in (task, self._task):
                    self._lines += lines_of_await(one.get_coro())
                self._task.cancel()


def call_soon(original: Any, callback: Any, *args: Any, context: Any = None) -> Any:
    """Register a callback on a loop; have a run take the steps of its tasks."""
    task, run = getattr(callback, "__self__", None), context and context.get(RUN)
    if run and isinstance(task, asyncio.Task):
        callback = MethodType(partial(run._step, callback), task)
    return original(callback, *args, context=context)


@dataclass(frozen=True, repr=False)
class CancelEverywhere:
    """Calls a function again and again, and cancels each run one suspension later."""

    _guard: AsyncGuard
    _notes: dict[str, str]
    _swallows: bool = False
    _raises: Raised = ()
    _limit: int = 1000

    def options(self, *, swallows: bool = False, raises: Raised = (), limit: int = 0) -> Self:
        """Return the same with other rules: cancelled runs may return or raise, or be more."""
        swallows, raises = swallows or self._swallows, raises or self._raises
        return replace(self, _swallows=swallows, _raises=raises, _limit=limit or self._limit)

    async def __call__(
        self, function: Callable[P, Awaitable[object]], /, *args: P.args, **kwargs: P.kwargs
    ) -> AsyncGenerator[Cancelled]:
        """Yield after each cancelled run, for the body of a loop to check what must hold."""

        async def call() -> object:
            return await function(*args, **kwargs)

        guard, findings, loop = self._guard, self._guard.findings, get_running_loop()
        name = f"{getattr(function, '__name__', type(function).__name__)}()"
        if getattr(loop.call_soon, "func", None) is not call_soon:
            vars(loop)["call_soon"] = partial(call_soon, loop.call_soon)
        for number in count(1):
            run, earlier, opened = Cancelled(number), {*findings.found}, {**guard.resources.opened}
            token = RUN.set(run)
            run._task = task = asyncio.Task(call(), loop=loop)
            RUN.reset(token)
            guard.loops.deadline.begin(loop)  # Each run has the whole time.
            try:
                await wait([task])
            except asyncio.CancelledError:
                task.cancel()
                if not findings.hung or not run._lines:
                    raise
            if not run._lines:
                self._notes.pop(name, None)
                task.result()
                if number == 1:
                    with warnings.catch_warnings(action="always"):  # Never an error.
                        warnings.warn(f"{name} never suspends: nothing was cancelled", stacklevel=2)
                return
            run.line = findings.own.place((findings.own.lines(run._lines) or run._lines)[0])
            note = self._notes[name] = f"{name}: cancelled at suspension {number}, at {run.line}"
            if task.done() and (wrong := self._wrong(number, task)):
                findings.add(NAME, f"{name} {wrong}", FIX, run._lines)
            del task
            run._task = None
            for turn in range(2 * ROUNDS):  # What is about to end may do so, also when collected.
                await sleep(0)
                if turn == ROUNDS:
                    collect()
            guard.resources.judge(opened)
            for left in run._tasks:
                lines = lines_of_coroutine(left.get_coro())
                if not left.done() and findings.own.lines(lines[:1]):  # Else it is a library's.
                    findings.add("tasks", f"{name} left {name_of(left)} running", FIX_LEFT, lines)
            if {*findings.found} - earlier:
                pytest.fail(f"{findings.text(findings.take())}\n{note}.", pytrace=False)
            yield run

    def _wrong(self, number: int, task: asyncio.Task[Any]) -> str:
        """Return what is wrong with the end of a run that was cancelled."""
        if number > self._limit:
            return f"suspends more than {self._limit} times"
        error = None if task.cancelled() else task.exception()
        if task.cancelled() or isinstance(error, self._raises) or (self._swallows and not error):
            return ""
        end = f"raised {shown(error)}" if error else f"returned {shown(task.result())}"
        return f"swallowed its cancellation, and {end}"


@pytest.fixture
def cancel_everywhere(request: pytest.FixtureRequest) -> CancelEverywhere:
    """Cancel an async function at each of its suspensions in turn."""
    guard = request.config.stash.get(GUARD, None) or pytest.skip(f"{NAME} needs the async guard")
    notes = request.node.stash[NOTES] = dict[str, str]()
    return CancelEverywhere(guard, notes)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Say of an error in the body of a loop after which cancellation it came."""
    try:
        return (yield)
    except BaseException as error:
        for note in item.stash.get(NOTES, {}).values():
            error.add_note(note)
        raise
