"""The event loop of a test: its start, each run on it, and what is left at its end."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from contextvars import Context
from functools import partial
from typing import Any, Self, TypeVar
from weakref import WeakSet

from . import private
from .deadline import Deadline, OverDeadline
from .findings import Findings
from .generators import Generators
from .jobs import Jobs
from .lost import LostExceptions, task_origin
from .replacements import Replacements
from .tasks import Tasks, abandon, come_round, note
from .warned import task_factory
from .watchdog import Watchdog

Result = TypeVar("Result")


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
        self._new_event_loop = asyncio.new_event_loop
        self._replacements = Replacements()

    def install(self) -> None:
        """Have pytest-asyncio use loops that are guarded, and hear of what others lose."""
        part = private.RUNNER
        self._replacements.put(part.owner, part.name, guarded_runner(self))
        for owner in (asyncio, asyncio.events):
            self._replacements.put(owner, "new_event_loop", self.made)

    def uninstall(self) -> None:
        """Have it use its own again."""
        self._replacements.put_back()

    def made(self) -> asyncio.AbstractEventLoop:
        """Make a loop as asyncio does: for `asyncio.run` in a sync test, say, or in a thread."""
        self.used = True
        loop = self._new_event_loop()
        self._hear_of(loop)
        return loop

    def opened(self, runner: asyncio.Runner) -> None:
        """Watch a loop from its start."""
        self._hear_of(runner.get_loop())
        self._runners[runner] = set()

    def _hear_of(self, loop: asyncio.AbstractEventLoop) -> None:
        """Note the exceptions that are lost on a loop."""
        loop.set_exception_handler(self.lost.on_loop)
        if loop.get_task_factory() is None:
            loop.set_task_factory(task_factory(self._findings))

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
        try:
            return self._watched(loop, partial(run, context=context), coroutine)
        finally:
            if not loop.is_closed() and not self._findings.shared:
                self._runners[runner] |= asyncio.all_tasks(loop) - before

    def judge_open(self, shares_fixtures: Callable[[], bool], *, failed: bool) -> None:
        """Note the tasks that a test left on a loop that outlives it.

        A task of a fixture that tests share, or of the package, may be for that fixture to end.
        """
        own = self._findings.own
        for runner, tasks in self._runners.items():
            self._runners[runner] = set()
            for task in self._left(runner.get_loop(), tasks):
                lines = task_origin(task)
                line = own.innermost(lines)
                if (
                    failed
                    or self._findings.in_test(line)
                    or (own.in_tests(lines) and not shares_fixtures())
                ):
                    note(self._findings, task)
                    self._told.add(task)

    def closing(self, runner: asyncio.Runner) -> None:
        """Note the tasks that are left on a loop, and end all that would keep it from closing."""
        self._runners.pop(runner, None)
        loop = runner.get_loop()
        if self._generators.unfinished():
            gc.collect()
            self._finish(loop, come_round())
        left = self._left(loop, asyncio.all_tasks(loop))
        for task in left.difference(self._told):
            note(self._findings, task)
        self._cancel(loop, left)
        if self._generators.unfinished():
            self._finish(loop, loop.shutdown_asyncgens())
        self._cancel(loop, asyncio.all_tasks(loop))
        for task in asyncio.all_tasks(loop):
            abandon(task)
        self._jobs.settle(loop)

    def _left(self, loop: asyncio.AbstractEventLoop, tasks: Tasks) -> Tasks:
        """Return the tasks that are not about to end."""
        if tasks:
            self._finish(loop, come_round(lambda: all(task.done() for task in tasks)))
        return {task for task in tasks if not task.done()}

    def _cancel(self, loop: asyncio.AbstractEventLoop, tasks: Tasks) -> None:
        for task in tasks:
            task.cancel()
        self._left(loop, tasks)

    def _finish(
        self, loop: asyncio.AbstractEventLoop, coroutine: Coroutine[Any, Any, None]
    ) -> None:
        """Run what ends something on a loop; where that hangs, it is noted, and all goes on."""
        if loop.is_closed():
            coroutine.close()
            return
        with suppress(TimeoutError, OverDeadline):
            self._watched(loop, loop.run_until_complete, coroutine)

    def _watched(
        self,
        loop: asyncio.AbstractEventLoop,
        run: Callable[[Coroutine[Any, Any, Result]], Result],
        coroutine: Awaitable[Result],
    ) -> Result:
        async def main() -> Result:
            watched.task = asyncio.current_task()
            self._generators.watch()
            return await coroutine

        with (
            self._watchdog.watching(loop, coroutine) as watched,
            self._deadline.ending(watched),
        ):
            return run(main())


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
