"""Exceptions that nobody retrieved: in tasks, callbacks, transports, threads."""

import asyncio
import gc
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from .findings import Findings
from .mistakes import Line
from .names import coroutine_of, shown, task_name
from .replacements import Replacements
from .warned import MADE, MADE_FOR, origin

NOBODY = ("never retrieved", "Exception in callback")
"""What asyncio says where an exception is lost for certain, whoever's code it is in."""

SOMEBODY = ("Unhandled exception", "Fatal", "Error on", "an error occurred during")
"""What it says where that depends on whose code it is in."""

UNSEEN = "_log_traceback"
"""What a task has that failed, and that nobody has asked for its exception."""


class LostExceptions:
    """The exception handler of a guarded loop, and of threads."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._replacements = Replacements()

    def install(self) -> None:
        """Hear of threads that end with an exception."""
        self._thread_hook = self._replacements.put(
            threading, "excepthook", self.in_thread
        )

    def uninstall(self) -> None:
        """Hear of them no more."""
        self._replacements.put_back()

    def on_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Note what the loop has no caller to tell of, and have it logged as ever."""
        message = str(context.get("message", ""))
        error = context.get("exception")
        task = context.get("task") or context.get("future")
        off = self._findings.off
        if isinstance(error, BaseException) and "exceptions" not in off:
            lines = [*lines_of(error), *task_origin(task)]
            if isinstance(error, asyncio.CancelledError):
                pass  # On some versions asyncio says so of a server's handler that was cancelled.
            elif any(words in message for words in NOBODY) or (
                any(words in message for words in SOMEBODY)
                and self._findings.own.innermost(lines)
            ):
                self._add(error, lines)
        elif "destroyed but it is pending" in message and "tasks" not in off:
            self._findings.add(
                "tasks",
                f"the task {task_name(task)} was dropped while it was running",
                "keep a reference to it, and await or cancel it",
                task_origin(task),
            )
        loop.default_exception_handler(context)

    def in_thread(self, args: threading.ExceptHookArgs) -> None:
        """Note an exception that ended a thread."""
        error = args.exc_value
        if error is None or "exceptions" in self._findings.off:
            self._thread_hook(args)
        elif not isinstance(error, SystemExit):
            self._add(error, lines_of(error))

    @contextmanager
    def in_finalizers(self) -> Iterator[None]:
        """Hear of exceptions in `__del__`, which pytest would tell of in the next test."""
        hook = sys.unraisablehook
        sys.unraisablehook = self._unraisable
        try:
            yield
        finally:
            sys.unraisablehook = hook

    def judge_kept(self) -> None:
        """Note the tasks that failed unseen, and that something still holds.

        It is cheap only between a garbage collection and the freeze that follows it.
        """
        for task in gc.get_objects():
            if (
                isinstance(task, asyncio.Task)
                and getattr(task, UNSEEN, False)
                and not _is_a_living_fixture_s(task)  # To ask would count as seen.
            ):
                error = task.exception()
                lines = lines_of(error) if error else []
                # One that was over at its start has let its coroutine go.
                begun = task_origin(task) or lines
                if error and self._findings.own.innermost(begun):
                    self._add(error, [*lines, *task_origin(task)])

    def _unraisable(self, args: Any) -> None:
        lines = lines_of(args.exc_value)
        if self._findings.own.innermost(lines):
            self._add(args.exc_value, lines)

    def _add(self, error: BaseException, lines: list[Line]) -> None:
        self._findings.add(
            "exceptions",
            f"nobody retrieved {shown(error)}",
            "await what raises it, or handle it where it is raised",
            lines,
        )


def lines_of(error: BaseException) -> list[Line]:
    """Return the lines through which an exception was raised, from the inside out."""
    frames = traceback.walk_tb(error.__traceback__)
    return [(frame.f_code.co_filename, line) for frame, line in frames][::-1]


def _is_a_living_fixture_s(task: Any) -> bool:
    """Tell whether a fixture that is not over yet may ask the task for its exception."""
    fixture = getattr(task, MADE_FOR, None)
    return getattr(fixture, "cached_result", None) is not None


def task_origin(task: Any) -> list[Line]:
    """Return the lines on which a task and its coroutine were made, from the inside out."""
    return [*origin(coroutine_of(task)), *getattr(task, MADE, ())]
