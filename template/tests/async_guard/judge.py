"""Which test is to blame: what pytest runs for a test, and what was found meanwhile."""

import gc
import inspect
import sys
from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any

import pytest

from . import settings
from .findings import Findings
from .mistakes import Mistake
from .mixed import is_async
from .mocks import Mocks
from .report import fail, text
from .resources import Resources
from .runner import Loops
from .warned import Recorder, resource_warnings

Wrapper = Generator[None, Any, Any]

EXPLAINED: dict[str, tuple[type[BaseException], ...]] = {
    "deadline": (BaseException,),
    "mocks": (AttributeError, TypeError),
}
"""The errors that a mistake causes: where a test fails with one, the mistake is told instead."""

LAST_ERROR = ("last_type", "last_value", "last_traceback", "last_exc")
"""What pytest sets for a debugger: it holds on to all that a failing test left."""

UNTOUCHED = (KeyboardInterrupt, pytest.exit.Exception, pytest.skip.Exception)
"""What ends a test without being its failure."""


class Judge:
    """Fails a test for the mistakes that were found while it, or a fixture for it, ran."""

    def __init__(
        self,
        findings: Findings,
        resources: Resources,
        loops: Loops,
        mocks: Mocks,
        recorder: Recorder,
    ) -> None:
        self.notes: list[str] = []
        """What no test can be blamed for."""
        self._findings = findings
        self._resources = resources
        self._loops = loops
        self._mocks = mocks
        self._recorder = recorder
        self._off = findings.off
        self._failed = False
        self._garbage = True
        """Whether there may be garbage that is not the running test's."""
        self._after_failure = False
        self._used_loops = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Wrapper:
        """Begin with nothing found."""
        path, line, _ = item.reportinfo()
        self._findings.test = str(path), (line or 0) + 1
        self._findings.test_end = last_line(item)
        self._loops.used = self._failed = False
        with resource_warnings():
            if self._garbage and is_async(item):
                self._collect_earlier(item)
            self._findings.take()
            self._read_markers(item)
            self._recorder.begin()
            self._resources.begin()
            return (yield)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Wrapper:
        """Judge what happened while fixtures were set up."""
        return (yield from self._judging())

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Wrapper:
        """Leave what a fixture opens or starts for many tests to its own teardown."""
        before = self._findings.for_many_tests
        self._findings.for_many_tests = before or fixturedef.scope != "function"
        try:
            return (yield)
        finally:
            self._findings.for_many_tests = before

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Wrapper:
        """Judge what happened in the test itself."""
        if isinstance(item, pytest.Function):
            self._mocks.judge_source(item)
        return (yield from self._judging(self._mocks.judge))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Wrapper:
        """Judge what is left when all is over."""
        return (yield from self._judging(partial(self._collect, item)))

    @pytest.hookimpl
    def pytest_fixture_post_finalizer(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Look again at what was kept for many tests, once they are over."""
        function = fixturedef.func
        has_teardown = inspect.isgeneratorfunction(
            function
        ) or inspect.isasyncgenfunction(function)
        if fixturedef.scope != "function" and has_teardown:
            gc.unfreeze()

    def collect_last(self) -> None:
        """Collect what failed tests left, before pytest does, which would tell of it."""
        if self._used_loops:
            forget_last_error()
            gc.unfreeze()
            with resource_warnings(), self._loops.lost.in_finalizers():
                gc.collect()

    def _judging(self, finish: Callable[[], None] = lambda: None) -> Wrapper:
        try:
            result = yield
        except BaseException as error:
            finish()
            self._explain(error)
            raise
        finish()
        self._fail(self._findings.take())
        return result

    def _explain(self, error: BaseException) -> None:
        """Where a mistake is the cause of an error, tell of the mistake instead."""
        found = self._findings.take()
        if not isinstance(error, UNTOUCHED) and not self._failed:
            self._fail(
                [m for m in found if isinstance(error, EXPLAINED.get(m.check, ()))]
            )
            for mistake in found:
                if mistake.check == "coroutines":
                    error.add_note(text(mistake, self._findings.own.root))
        self._failed = True

    def _fail(self, found: Sequence[Mistake]) -> None:
        """Fail the test, unless it has failed before: what that leaves behind is no mistake."""
        if found and not self._failed:
            self._failed = True
            fail(found, self._findings.own.root)

    def _read_markers(self, item: pytest.Item) -> None:
        self._findings.off = self._off
        try:
            self._findings.off |= settings.turned_off(item)
        except pytest.UsageError as error:
            self._findings.add("marker", str(error), f"write it as {settings.USAGE}")

    def _collect(self, item: pytest.Item) -> None:
        """Find what only shows when it is collected, and make the next collection cheap."""
        self._after_failure = self._failed
        self._garbage = self._failed or not self._loops.used
        if self._loops.used:
            self._used_loops = True
            self._loops.judge_open()
            forget_last_error()
            getattr(item, "funcargs", {}).clear()
        self._resources.judge()
        if self._loops.used:
            with self._loops.lost.in_finalizers():
                gc.collect()
            self._loops.lost.judge_kept()
            if not self._garbage:
                gc.freeze()

    def _collect_earlier(self, item: pytest.Item) -> None:
        """Find what sync and failed tests left, so that no async test is blamed for it."""
        forget_last_error()
        with self._loops.lost.in_finalizers():
            gc.collect()
        gc.freeze()
        found = self._findings.take()
        if not self._after_failure:
            self.notes += [
                f"before {item.nodeid}, {text(mistake, self._findings.own.root)}"
                for mistake in found
            ]


def forget_last_error() -> None:
    """Let go of the last error that a test failed with, and of all that its frames hold."""
    for name in LAST_ERROR:
        vars(sys).pop(name, None)


def last_line(item: pytest.Item) -> int:
    """Return the last line of a test's function; 0 where it is none."""
    function = getattr(item, "obj", None)
    code = getattr(function and inspect.unwrap(function), "__code__", None)
    return max((line for *_, line in code.co_lines() if line), default=0) if code else 0
