"""The guard of a run: pytest's hooks, and which test a finding belongs to."""

import gc
import sys
import warnings
from collections.abc import Callable, Generator
from functools import partial
from gc import collect, get_objects  # As they are before they are observed.
from pathlib import Path
from typing import Any

import pytest

from . import compat, settings, shuffle
from .blocking import Blocking
from .deadline import Deadline
from .dropped import Dropped
from .findings import UNPLACED, Finding, Findings
from .loops import Loops
from .observe import Observers
from .own_code import OwnCode, package_folders
from .resources import Resources

UNTOUCHED = (KeyboardInterrupt, pytest.exit.Exception)  # They end the run.
NEVER_AWAITED = "coroutine .* was never awaited"
GUARD = pytest.StashKey["AsyncGuard"]()
OPTIONS = {"socket": ("--allow-hosts", "--allow-unix-socket"), "timeout": ("timeout",)}
"""What the project sets of plugins that may be turned off."""

Wrapper = Generator[None, Any, Any]


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the settings; load the plugins that the project's own settings presume."""
    settings.declare(parser)
    for name in ("asyncio", *OPTIONS):
        if not pluginmanager.is_blocked(name):  # Without its autoload, pytest loads none.
            pluginmanager.load_setuptools_entrypoints("pytest11", name)
            continue
        text = f"Without effect: pytest-{name} is turned off."
        for option in OPTIONS.get(name, ()):
            if option.startswith("-"):
                parser.addoption(option, nargs="?", help=text)
            else:
                parser.addini(option, text)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Observe from before a conftest imports the package."""
    if not early_config.known_args_namespace.no_async_guard:
        early_config.stash[GUARD] = AsyncGuard(early_config)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Turn the guard on, and take the place of the hooks that pytest has set by now."""
    marker = f"{settings.OFF}(check, reason): let a test pass one check of the async guard"
    config.addinivalue_line("markers", marker)
    shuffle.register(config)
    if guard := config.stash.get(GUARD, None):
        config.pluginmanager.register(guard, "async_guard_session")
        guard.take_hooks(config)


def project(config: pytest.Config) -> tuple[Path, list[str]]:
    """Return the folder of the project's settings, and those of its packages."""
    root = config.inipath.parent if config.inipath else config.rootpath
    return root, package_folders(root, config.getini("testpaths"))


class AsyncGuard:
    """Fails a test for what was found while it, or a fixture for it, ran."""

    def __init__(self, config: pytest.Config) -> None:
        self._notes = compat.missing()
        seconds, self._off = settings.read(config, self._notes)
        root, packages = project(config)
        if not packages:
            self._notes.append(f"blocking: there is no package in {root} or its src/")
        # The least of all filters: each of the project's own comes before it. The first is for
        # pytest, which sets filters for each test, the second for where it is told not to.
        config.getini("filterwarnings").insert(0, f"error:{NEVER_AWAITED}:RuntimeWarning")
        warnings.filterwarnings("error", NEVER_AWAITED, RuntimeWarning, append=True)
        self._observers = observers = Observers()
        self._findings = findings = Findings(OwnCode(str(root), packages), self._off)
        Blocking(findings, observers)
        self._resources = Resources(findings, observers)
        self._dropped = Dropped(findings, observers, self._resources.dropped)
        deadline = Deadline(findings, observers, seconds)
        self._loops = Loops(findings, observers, deadline)
        self.findings, self.deadline, self.notes = findings, deadline, self._notes
        self.resources = self._resources
        for name in ("collect", "get_objects", "get_referrers"):
            observers.add(gc, name, self._thaw)
        self._late: dict[str, None] = {}  # Reports of what no test can be blamed for.
        self._failed = False  # The running test: by an error, a skip or a finding.
        self._any_failed = False
        self._earlier = True  # Whether there may be garbage of earlier tests.
        self._old = False  # Whether what was frozen before this test may be garbage.
        self._session: pytest.Session | None = None

    def take_hooks(self, config: pytest.Config) -> None:
        """Take the place of pytest's hooks, until all of its own are over."""
        self._dropped.take_hooks(self._observers)
        config.add_cleanup(partial(self._end, config))

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Remember what a late finding fails."""
        self._session = session

    def pytest_collection_finish(self) -> None:
        """Leave what is there by now out of later collections."""
        gc.freeze()

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Wrapper:
        """Leave what a fixture opens or starts for many tests to its own teardown."""
        before = self._findings.shared
        self._findings.shared = None if fixturedef.scope == "function" else fixturedef
        try:
            return (yield)
        finally:
            self._findings.shared = before

    def pytest_fixture_post_finalizer(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Look again at what was kept for many tests."""
        if fixturedef.argname != compat.LOOP_FACTORY:  # It keeps nothing.
            self._old |= fixturedef.scope != "function"

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Wrapper:
        """Forget earlier tests, at each try; judge what happens while fixtures are set up."""
        self._take_late()
        if self._failed:
            for name in ("last_exc", "last_type", "last_value", "last_traceback"):
                sys.__dict__.pop(name, None)  # For a debugger, it holds all that the test left.
            collect()
            if self._any_failed:
                self._findings.take()  # It is the failing test's.
        self._failed, self._loops.before = False, self._collect_earlier
        self._resources.begin()
        marks = item.iter_markers(settings.OFF)
        try:
            self._findings.off = self._off.union(settings.marked(one, self._notes) for one in marks)
        except pytest.UsageError as error:
            pytest.fail(str(error), pytrace=False)
        return (yield from self._judging(item))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Wrapper:
        """Judge what happens in the test itself."""
        return (yield from self._judging(item))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Wrapper:
        """Judge what is left when all is over."""
        return (yield from self._judging(item, partial(self._collect, item)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remember whether the run fails anyway."""
        self._any_failed |= report.failed

    def _judging(self, item: pytest.Item, finish: Callable[[], None] = lambda: None) -> Wrapper:
        self._take_late()
        self._findings.test = item
        try:
            result = yield
            finish()
        except BaseException as error:
            finish()
            hung, found = self._findings.hung, self._findings.take()
            if hung and not isinstance(error, UNTOUCHED):
                self._fail(found)
            self._failed = True
            for finding in found:
                if finding.check == "coroutines":
                    error.add_note(self._findings.text([finding]))
            raise
        else:
            self._fail(self._findings.take())
            return result
        finally:
            self._findings.test = None

    def _fail(self, found: list[Finding]) -> None:
        if found and not self._failed:
            self._failed = True
            raise pytest.fail.Exception(self._findings.text(found), pytrace=False) from None

    def _take_late(self) -> None:
        for finding in self._findings.take():
            if finding.where or not self._any_failed:  # Else it is what a failing test left.
                self._late[self._findings.text([finding])] = None

    def _collect_earlier(self) -> None:
        """Find what earlier tests left, before something of this test can be garbage."""
        if self._earlier:
            found, test = self._findings.take(), self._findings.test
            self._findings.test = None
            collect()
            gc.freeze()
            self._take_late()
            self._findings.test, self._findings.found = test, found

    def _collect(self, item: pytest.Item) -> None:
        """Find what is left, and what only shows when it is collected, of fixtures too.

        What survives is frozen, so that the next collection is cheap.
        """
        getattr(item, "funcargs", {}).clear()
        if self._failed:
            self._loops.excuse()
        self._earlier = self._failed or self._loops.before is not None
        if self._earlier:
            self._resources.judge()
            return
        collect()
        self._loops.judge_kept(get_objects())
        self._resources.judge()
        if self._old:
            self._old, found = False, self._findings.take()
            gc.unfreeze()
            collect()
            if not self._any_failed:
                self._loops.judge_kept(get_objects())
            placed = [one for one in self._findings.take() if one.rank < UNPLACED]
            self._findings.found = found + placed
        gc.freeze()

    def _thaw(self, *_: Any) -> None:
        """Let a test see all objects, and collect them, as without the guard."""
        self._old = True
        gc.unfreeze()

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Look a last time; fail the run for what no test could be blamed for."""
        self._take_late()
        if not self._any_failed:
            collect()
            self._take_late()
        self._fail_run(session)
        output = getattr(session.config, "workeroutput", {})
        output["async_guard"] = list(self._late), self._notes

    def _fail_run(self, session: pytest.Session) -> None:
        if self._late and session.exitstatus in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of pytest-xdist has to say."""
        late, notes = getattr(node, "workeroutput", {}).get("async_guard", ([], []))
        self._late |= dict.fromkeys(late)
        self._notes += notes

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what was found too late for a test to fail, and what could not be checked."""
        late = [f"found outside of a test: {text}" for text in self._late]
        for line in dict.fromkeys(late + self._notes):
            terminalreporter.write_line(f"async guard: {line}")
        self._late, self._notes = {}, []

    def _end(self, config: pytest.Config) -> None:
        """Look at what hooks did since the summary; restore everything."""
        self._take_late()
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if self._session and reporter:
            self._fail_run(self._session)
            self.pytest_terminal_summary(reporter)
        self._observers.remove()
        gc.unfreeze()
