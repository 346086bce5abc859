"""What only shows when it is collected: whose it is, and how each collection stays cheap.

What survives the collection after a test is frozen. It is looked at once more when a fixture is
over that tests shared, since only then what that fixture kept can be garbage.
"""

import gc
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from .findings import Findings
from .lost import LostExceptions
from .report import text

LAST_ERROR = ("last_type", "last_value", "last_traceback", "last_exc")
"""What pytest sets for a debugger: it holds on to all that a failing test left."""


class Garbage:
    """Collects it, after each test that used a loop and before each that will."""

    def __init__(self, findings: Findings, lost: LostExceptions) -> None:
        self.notes: list[str] = []
        """What no test can be blamed for."""
        self.fails_run = False
        """Whether one of them is a coroutine of the project's own that was never awaited."""
        self._findings = findings
        self._lost = lost
        self._of_others = True
        """Whether there may be garbage that is not the running test's."""
        self._of_failed = False
        """Whether that is only what a failed test left."""
        self._shared = False
        """Whether a fixture is over that tests shared."""

    def fixture_is_over(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Have what was kept for many tests looked at again."""
        function = fixturedef.func
        has_teardown = inspect.isgeneratorfunction(
            function
        ) or inspect.isasyncgenfunction(function)
        if fixturedef.scope != "function" and has_teardown:
            self._shared = True

    def skip(self, *, failed: bool) -> None:
        """Leave what a test without a loop left to the next one with a loop."""
        self._of_others, self._of_failed = True, failed

    def collect(self, item: pytest.Item, *, failed: bool) -> None:
        """Find what a test left."""
        forget_last_error()
        getattr(item, "funcargs", {}).clear()
        with self._lost.in_finalizers():
            gc.collect()
        self._lost.judge_kept()
        if self._shared:
            with self._looking_back(all_=False):
                gc.collect()
                self._lost.judge_kept()
        self._of_others = self._of_failed = failed
        if not failed:
            gc.freeze()

    def collect_earlier(self) -> None:
        """Find what others left before a test, so that it is not blamed for it."""
        if self._of_others:
            forget_last_error()
            with self._looking_back(all_=True):
                gc.collect()
            gc.freeze()

    def collect_last(self, *, failed: bool) -> None:
        """Collect what is left, before pytest does, which would tell of it; not where a test failed."""
        forget_last_error()
        gc.unfreeze()
        with self._looking_back(all_=True):
            gc.collect()
        if failed:
            self._findings.of_earlier.clear()
        self.note_earlier("the end of the run")

    @contextmanager
    def _looking_back(self, *, all_: bool) -> Iterator[None]:
        if self._shared:
            gc.unfreeze()
            self._shared = False
        with (
            self._findings.looking_back(all_=all_),
            self._lost.in_finalizers(),
        ):
            yield
        if all_ and self._of_failed:
            self._findings.of_earlier.clear()

    def note_earlier(self, when: str) -> None:
        """Make notes of what was found by now, and done before."""
        for mistake in self._findings.of_earlier:
            note = f"before {when}, {text(mistake, self._findings.own.root)}"
            if mistake.check == "coroutines" and mistake.where:
                self.fails_run = True
                note += "\n    Found too late for a test to fail: the run does."
            self.notes.append(note)
        self._findings.of_earlier.clear()


def forget_last_error() -> None:
    """Let go of the last error that a test failed with, and of all that its frames hold."""
    for name in LAST_ERROR:
        sys.__dict__.pop(name, None)
