"""Which test is to blame: what pytest runs for a test, and what was found meanwhile."""

from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any

import pytest

from . import settings
from .findings import Findings
from .garbage import Garbage
from .items import shares_fixtures, uses_loop
from .mistakes import Mistake
from .mocks import Mocks
from .report import fail, text
from .resources import Resources
from .runner import Loops
from .warned import Recorder, resource_warnings

Wrapper = Generator[None, Any, Any]

EXPLAINED: dict[str, tuple[type[BaseException], ...]] = {
    "mocks": (AttributeError, TypeError),
}
"""The errors that a mistake causes: where a test fails with one, the mistake is told instead."""

UNTOUCHED = (KeyboardInterrupt, pytest.exit.Exception)
"""What ends the run, and so a test without being its failure."""


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
        self.garbage = Garbage(findings, loops.lost)
        self._findings = findings
        self._resources = resources
        self._loops = loops
        self._mocks = mocks
        self._recorder = recorder
        self._off = findings.off
        self._failed = False

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Wrapper:
        """Begin with nothing found."""
        self._findings.begin(item)
        self._loops.used = self._failed = False
        with resource_warnings():
            self._recorder.begin()
            if uses_loop(item):
                self.garbage.collect_earlier()
            self._findings.take()
            self._read_markers(item)
            self._resources.begin()
            result = yield
        self.garbage.note_earlier(item.nodeid)
        return result

    def finish(self, *, failed: bool) -> None:
        """Look at what is left when all tests are over, of which some may have failed."""
        self._findings.off = self._off
        with resource_warnings():
            self._recorder.begin()
            self.garbage.collect_last(failed=failed)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Wrapper:
        """Judge what happened while fixtures were set up."""
        return (yield from self._judging())

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Wrapper:
        """Leave what a fixture opens or starts for many tests to its own teardown."""
        before = self._findings.shared
        if fixturedef.scope != "function":
            self._findings.shared = fixturedef
        try:
            return (yield)
        finally:
            self._findings.shared = before

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Wrapper:
        """Judge what happened in the test itself."""
        if isinstance(item, pytest.Function):
            self._mocks.judge_source(item)
        self._findings.calling = True
        try:
            return (yield from self._judging(self._mocks.judge))
        finally:
            self._findings.calling = False

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Wrapper:
        """Judge what is left when all is over."""
        return (yield from self._judging(partial(self._collect, item), item.name))

    @pytest.hookimpl
    def pytest_fixture_post_finalizer(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Hear of the end of what tests share."""
        self.garbage.fixture_is_over(fixturedef)

    def _judging(
        self, finish: Callable[[], None] = lambda: None, passed: str = ""
    ) -> Wrapper:
        try:
            result = yield
        except BaseException as error:
            finish()
            self._explain(error)
            raise
        finish()
        self._fail(self._findings.take(), passed)
        return result

    def _explain(self, error: BaseException) -> None:
        """Where a mistake is the cause of an error, tell of the mistake instead."""
        hung, found = self._findings.hung, self._findings.take()
        skipped = isinstance(error, pytest.skip.Exception) and not hung
        if not (skipped or isinstance(error, UNTOUCHED) or self._failed):
            self._fail(
                [
                    mistake
                    for mistake in found
                    if hung or isinstance(error, EXPLAINED.get(mistake.check, ()))
                ]
            )
            for mistake in found:
                if mistake.check == "coroutines":
                    error.add_note(text(mistake, self._findings.own.root))
        self._failed = True

    def _fail(self, found: Sequence[Mistake], passed: str = "") -> None:
        """Fail the test, unless it has failed before: what that leaves behind is no mistake."""
        if found and not self._failed:
            self._failed = True
            fail(found, self._findings.own.root, passed)

    def _read_markers(self, item: pytest.Item) -> None:
        self._findings.off = self._off
        try:
            self._findings.off |= settings.turned_off(item)
        except pytest.UsageError as error:
            self._findings.add("marker", str(error), f"write it as {settings.USAGE}")

    def _collect(self, item: pytest.Item) -> None:
        """Find what is left, and what only shows when it is collected."""
        self._findings.end(failed=self._failed)
        if not self._loops.used:
            self._resources.judge()
            self.garbage.skip(failed=self._failed)
            return
        shares = partial(shares_fixtures, item, self._findings.own)
        self._loops.judge_open(shares, failed=self._failed)
        self._resources.judge()
        self.garbage.collect(item, failed=self._failed)
