"""The event loop of a test: its start, each run on it, and what is left at its end."""

import asyncio
import ctypes
import gc
from collections.abc import Awaitable, Callable
from contextvars import Context
from typing import Any, Self, TypeVar
from weakref import WeakSet

from . import private
from .deadline import Deadline, lines_of_await
from .findings import Findings
from .generators import Generators
from .jobs import Jobs
from .lost import LostExceptions, task_origin
from .names import task_name
from .replacements import Replacements
from .warned import task_factory
from .watchdog import Watchdog

Result = TypeVar("Result")
Tasks = set[asyncio.Task[Any]]

ROUNDS = 50
"""How often a loop comes round for tasks that are about to end."""


class Loops:
    """The loops that are open, and the tasks that the running test left on them."""

    def __init__(
        self,
        findings: Findings,
        watchdog: Watchdog,
        deadline: Deadline,
        lost: LostExceptions,
        jobs: Jobs,
    ) -> None:
        self.used = False
        """Whether anything ran on a loop since the test began."""
        self._findings = findings
        self._watchdog = watchdog
        self._deadline = deadline
        self.lost = lost
        self._jobs = jobs
        self._generators = Generators(findings)
        self._runners: dict[asyncio.Runner, Tasks] = {}
        self._told: WeakSet[asyncio.Task[Any]] = WeakSet()
        self._replacements = Replacements()

    def install(self) -> None:
        """Have pytest-asyncio use loops that are guarded."""
        part = private.RUNNER
        self._replacements.put(part.owner, part.name, guarded_runner(self))

    def uninstall(self) -> None:
        """Have it use its own again."""
        self._replacements.put_back()

    def opened(self, runner: asyncio.Runner) -> None:
        """Watch a loop from its start."""
        loop = runner.get_loop()
        loop.set_exception_handler(self.lost.on_loop)
        if loop.get_task_factory() is None:
            loop.set_task_factory(task_factory(self._findings.own))
        self._runners[runner] = set()

    def run(
        self,
        runner: asyncio.Runner,
        run: Callable[..., Result],
        coroutine: Awaitable[Result],
        context: Context | None,
    ) -> Result:
        """Run a test, or a fixture's setup or teardown, within the deadline."""
        self.used = True
        loop = runner.get_loop()
        before = asyncio.all_tasks(loop)

        async def main() -> Result:
            watched.task = asyncio.current_task()
            self._generators.watch()
            return await coroutine

        try:
            with (
                self._watchdog.watching(loop, coroutine) as watched,
                self._deadline.ending(watched),
            ):
                return run(main(), context=context)
        finally:
            if not loop.is_closed() and not self._findings.for_many_tests:
                self._runners[runner] |= asyncio.all_tasks(loop) - before

    def judge_open(self) -> None:
        """Note the tasks that a test itself left on a loop that outlives it."""
        for runner, tasks in self._runners.items():
            self._runners[runner] = set()
            for task in self._left(runner, tasks):
                if self._findings.own.in_tests(task_origin(task)):
                    self._note(task)
                    self._told.add(task)

    def closing(self, runner: asyncio.Runner) -> None:
        """Note the tasks that are left on a loop, and end them: the loop can close then."""
        self._runners.pop(runner, None)
        if self._generators.unfinished():
            gc.collect()
            self._come_round(runner)
        left = self._left(runner, asyncio.all_tasks(runner.get_loop()))
        for task in left:
            if task not in self._told:
                self._note(task)
            task.cancel()
        for task in self._left(runner, left):
            abandon(task)
        self._jobs.settle(runner.get_loop())

    def _left(self, runner: asyncio.Runner, tasks: Tasks) -> Tasks:
        """Return the tasks that are not about to end."""

        if tasks:
            self._come_round(runner, lambda: all(task.done() for task in tasks))
        return {task for task in tasks if not task.done()}

    def _come_round(
        self, runner: asyncio.Runner, enough: Callable[[], bool] = lambda: False
    ) -> None:
        async def wait() -> None:
            self._generators.watch()
            for _ in range(ROUNDS):
                if enough():
                    break
                await asyncio.sleep(0)

        loop = runner.get_loop()
        if not loop.is_closed():
            loop.run_until_complete(wait())

    def _note(self, task: asyncio.Task[Any]) -> None:
        lines = [*task_origin(task), *lines_of_await(task.get_coro())]
        if not self._findings.own.innermost(lines):
            return  # A library's own task: what keeps it is noted as a resource.
        if task.cancelling():
            what = f"the task {task_name(task)} was cancelled, and goes on"
            mend = "await it after `cancel()`; raise `CancelledError` again where it is caught"
        else:
            what = f"the task {task_name(task)} was left running"
            mend = (
                "await it, cancel and await it, or start it in an `asyncio.TaskGroup`"
            )
        self._findings.add("tasks", what, mend, lines)


def guarded_runner(loops: Loops) -> type[asyncio.Runner]:
    """Return a class of runners that tell what happens on their loops."""

    class GuardedRunner(asyncio.Runner):  # type: ignore[misc]
        def __enter__(self) -> Self:
            super().__enter__()
            loops.opened(self)
            return self

        def run(
            self, coro: Awaitable[Result], *, context: Context | None = None
        ) -> Result:
            return loops.run(self, super().run, coro, context)

        def close(self) -> None:
            loops.closing(self)
            super().close()

    return GuardedRunner


def abandon(task: asyncio.Task[Any]) -> None:
    """Leave a task that does not end: never run again, never closed, since that may hang."""
    unregister = getattr(private.UNREGISTER.owner, private.UNREGISTER.name, None)
    if unregister:
        unregister(task)
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(task))
