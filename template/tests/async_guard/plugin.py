"""The guard of a run: pytest's hooks, and which test a finding belongs to."""

import gc
import warnings
from collections.abc import Generator
from functools import partial
from gc import collect  # As it is before it is observed.
from pathlib import Path
from typing import Any

import pytest

from . import compat, settings, shuffle
from .blocking import Blocking
from .deadline import Deadline
from .dropped import Dropped
from .findings import Findings
from .loops import Loops
from .observe import Observers
from .own_code import OwnCode, package_folders
from .resources import Resources

NEVER_AWAITED = "coroutine .* was never awaited"
GUARD = pytest.StashKey["AsyncGuard"]()
PLUGINS = {  # Those that the project's settings presume, and what they set of each.
    "asyncio": (),
    "socket": ("--allow-hosts", "--allow-unix-socket"),
    "timeout": ("timeout",),
}


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the settings; load the plugins that the project's own settings presume."""
    settings.declare(parser)
    for name, options in PLUGINS.items():
        if not pluginmanager.is_blocked(name):  # Without its autoload, pytest loads none.
            pluginmanager.load_setuptools_entrypoints("pytest11", name)
            continue
        for option in options:
            if option.startswith("-"):
                parser.addoption(option, nargs="?", help="Without effect.")
            else:
                parser.addini(option, "Without effect.")


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
        guard.dropped.take_hooks(guard.observers)


def project(config: pytest.Config) -> tuple[Path, list[str]]:
    """Return the folder of the project's settings, and those of its packages."""
    root = config.inipath.parent if config.inipath else config.rootpath
    return root, package_folders(root, config.getini("testpaths"))


class AsyncGuard:
    """Fails a test for what was found while it, or a fixture for it, ran."""

    def __init__(self, config: pytest.Config) -> None:
        self.notes = compat.missing()
        seconds, self._off = settings.read(config, self.notes)
        root, packages = project(config)
        if not packages:
            self.notes.append(f"blocking: there is no package in {root} or its src/")
        # The filter of lowest priority: each of the project's own comes before it. The first is for
        # pytest, which sets filters for each test, the second for where it is told not to.
        config.getini("filterwarnings").insert(0, f"error:{NEVER_AWAITED}:RuntimeWarning")
        warnings.filterwarnings("error", NEVER_AWAITED, RuntimeWarning, append=True)
        self.observers = observers = Observers()
        self.findings = findings = Findings(OwnCode(str(root), packages), self._off)
        Blocking(findings, observers)
        self.resources = Resources(findings, observers)
        self.dropped = Dropped(findings, observers, self.resources.dropped)
        self.deadline = Deadline(findings, observers, seconds)
        self._loops = Loops(findings, observers, self.deadline)
        for name in ("collect", "get_objects", "get_referrers"):
            observers.add(gc, name, self._thaw)
        config.add_cleanup(partial(self._end, config))  # It runs after those of pytest's hooks.
        self._late: dict[str, None] = {}  # Reports of what no test can be blamed for.
        self._failed = False  # The running test: by an error, a skip or a finding.
        self._earlier = True  # Whether there may be garbage of earlier tests.
        self._old = False  # Whether what was frozen before this test may be garbage.
        self._session: pytest.Session | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Remember the session, which a late finding fails."""
        self._session = session

    def pytest_collection_finish(self) -> None:
        """Leave what is there by now out of later collections."""
        gc.freeze()

    def pytest_fixture_post_finalizer(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Look again at what was kept for many tests."""
        if fixturedef.argname != compat.LOOP_FACTORY:  # It keeps nothing.
            self._old |= fixturedef.scope != "function"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Forget earlier tests, at each try."""
        self._begin_phase(item)
        if self._failed:
            self._loops.excuse()
            collect()
            if self._has_failures():
                self.findings.take()  # It is the failing test's.
        self._failed, self._loops.before = False, self._collect_earlier
        self.resources.begin()
        self.findings.off = self._off
        if settings.OFF in item.keywords:
            marks = item.iter_markers(settings.OFF)
            try:
                self.findings.off |= {settings.marked(one, self.notes) for one in marks}
            except pytest.UsageError as error:
                pytest.fail(str(error), pytrace=False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """Blame the test for what is found from now on, and not what ran since its setup."""
        self._begin_phase(item)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Look for what is left when all is over."""
        self._begin_phase(item)
        yield
        self._collect(item)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """Fail a setup, a call or a teardown for what was found, as an error would."""
        hung, found = self.findings.hung, self.findings.take()
        self.findings.test = None
        if call.excinfo and not hung:
            if notes := [finding for finding in found if finding.check == "coroutines"]:
                call.excinfo.value.add_note(self.findings.text(notes))
        elif found and not self._failed:
            try:
                pytest.fail(self.findings.text(found), pytrace=False)
            except pytest.fail.Exception:
                call.excinfo = pytest.ExceptionInfo.from_current()
        self._failed |= call.excinfo is not None

    def _begin_phase(self, item: pytest.Item) -> None:
        self._take_late()
        self.findings.test = item

    def _has_failures(self) -> bool:
        return self._session is not None and self._session.testsfailed > 0

    def _take_late(self) -> None:
        for finding in self.findings.take():
            if finding.where or not self._has_failures():  # Else a failing test may have left it.
                self._late[self.findings.text([finding])] = None

    def _collect_earlier(self) -> None:
        """Find what earlier tests left, before something of this test can be garbage."""
        if self._earlier:
            found, test = self.findings.found, self.findings.test
            self.findings.found, self.findings.test = {}, None
            collect()
            gc.freeze()
            self._take_late()
            self.findings.test, self.findings.found = test, found

    def _collect(self, item: pytest.Item) -> None:
        """Find what is left, and what only shows when it is collected, of fixtures too.

        What survives is frozen, so that the next collection is cheap.
        """
        getattr(item, "funcargs", {}).clear()
        self._earlier = self._failed or self._loops.before is not None
        if not self._earlier:
            if self._old:
                gc.unfreeze()
            collect()
            if self._old:  # What has no line may be an earlier test's.
                found = self.findings.found.items()
                self.findings.found = {key: one for key, one in found if one.is_placed}
            gc.freeze()
            self._old = False
        self.resources.judge()

    def _thaw(self, *_: Any) -> None:
        """Let a test see all objects, and collect them, as without the guard."""
        self._old = True
        gc.unfreeze()

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Look a last time, and give a worker's findings to the run of pytest-xdist."""
        if not self._has_failures():
            collect()
        self._take_late()
        output = getattr(session.config, "workeroutput", {})
        output["async_guard"] = list(self._late), self.notes

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of pytest-xdist has to say."""
        late, notes = getattr(node, "workeroutput", {}).get("async_guard", ([], []))
        self._late |= dict.fromkeys(late)
        self.notes += notes

    def _end(self, config: pytest.Config) -> None:
        """Report what no test could be blamed for, and what could not be checked."""
        self._take_late()
        self.observers.remove()
        gc.unfreeze()
        reporter, session = config.pluginmanager.get_plugin("terminalreporter"), self._session
        if session and reporter:
            late = [f"found outside of a test: {text}" for text in self._late]
            for line in dict.fromkeys(late + self.notes):
                reporter.write_line(f"async guard: {line}")
            if late and session.exitstatus in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
