"""The guard of a run: its settings, pytest's hooks, and which test a finding belongs to."""

import gc
import math
import warnings
from collections.abc import Generator
from gc import collect  # As it is before it is observed.
from typing import Any

import pytest

from . import compat, shuffle
from .blocking import Blocking
from .dropped import Dropped
from .findings import Findings
from .loops import Loops
from .observe import Observers
from .own_code import OwnCode, lines_of_error, package_folders
from .resources import Resources

CHECKS = ("coroutines", "tasks", "exceptions", "resources", "generators", "blocking", "deadline")
REMOVED = {"cancellation", "loops", "mocks"}  # Checks of older releases.
OFF = "async_guard_off"
DEADLINE = "async_guard_deadline"
LIMIT = "async_guard_blocking_limit"  # A setting of older releases, without effect.
NEVER_AWAITED = "coroutine .* was never awaited"
GUARD = pytest.StashKey["AsyncGuard"]()


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the settings; load the plugins that the project's own settings presume."""
    option = parser.getgroup("async_guard", "async mistakes").addoption
    option("--no-async-guard", action="store_true", help="Do not look for async mistakes.")
    shuffle = "Run each async test N times, each in another order of its tasks' steps."
    option("--async-shuffle", type=int, default=0, metavar="N", help=shuffle)
    seed = "Run each async test once, in the order that belongs to the seed S."
    option("--async-shuffle-seed", type=int, metavar="S", help=seed)
    seconds = "Seconds that an async test, or a fixture's setup or teardown, may take."
    parser.addini(DEADLINE, seconds, default="10")
    parser.addini(OFF, f"Checks to turn off, of: {', '.join(CHECKS)}.", "args", [])
    parser.addini(LIMIT, "It has no effect any more.", default="")
    for name in ("asyncio", "socket", "timeout"):
        if pluginmanager.is_blocked(name):
            raise pytest.UsageError(f"-p no:{name}: this project's settings need that plugin")
        pluginmanager.load_setuptools_entrypoints("pytest11", name)  # Without its autoload, too.


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Observe from before a conftest imports the package."""
    if not early_config.known_args_namespace.no_async_guard:
        early_config.stash[GUARD] = AsyncGuard(early_config)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Turn the guard on, and take the place of the hook that pytest has set by now."""
    config.addinivalue_line(
        "markers", f"{OFF}(check, reason): let a test pass a check of the guard"
    )
    shuffle.register(config)
    if guard := config.stash.get(GUARD, None):
        config.pluginmanager.register(guard, "async_guard_session")
        guard.dropped.take_hook(guard.observers)


class AsyncGuard:
    """Fails a test for what was found while it, or a fixture for it, ran."""

    def __init__(self, config: pytest.Config) -> None:
        self.notes: list[str] = []
        seconds, self._off = read_settings(config, self.notes)
        root = config.inipath.parent if config.inipath else config.rootpath
        if not (packages := package_folders(root, config.getini("testpaths"))):
            self.notes.append(f"blocking: there is no package in {root} or its src/")
        # Filters of lowest priority, for pytest, which sets some for each test, and without these.
        config.getini("filterwarnings").insert(0, f"error:{NEVER_AWAITED}:RuntimeWarning")
        warnings.filterwarnings("error", NEVER_AWAITED, RuntimeWarning, append=True)
        self.observers = observers = Observers()
        self.findings = findings = Findings(OwnCode(str(root), packages), self._off)
        Blocking(findings, observers)
        self.resources = Resources(findings, observers)
        self.dropped = Dropped(findings, observers, self.resources)
        self.loops = Loops(findings, observers, self.dropped, seconds)
        for name in ("collect", "get_objects", "get_referrers"):
            observers.add(gc, name, self._thaw)
        config.add_cleanup(self._end)  # It runs after those of pytest's hooks.
        self._late: list[str] = []  # Reports of pytest-xdist's workers.
        self._failed = False  # The running test: by an error, a skip or a finding.
        self._earlier = True  # Whether there may be garbage of earlier tests.
        self._old = False  # Whether what was frozen before this test may be garbage.
        self._plugins = config.pluginmanager

    def pytest_fixture_post_finalizer(self, fixturedef: pytest.FixtureDef[Any]) -> None:
        """Look again at what was kept for many tests."""
        if fixturedef.argname != compat.LOOP_FACTORY:  # It keeps nothing.
            self._old |= fixturedef.scope != "function"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Forget earlier tests, at each try."""
        if self._failed:
            self.loops.excuse()
            late = {**self.findings.late}
            collect()
            if self._has_failures():
                self.findings.late = late  # The rest is the failing test's.
        self.findings.test = item
        self._failed, self.loops.before = False, self._collect_earlier
        self.resources.begin()
        self.findings.off = self._off
        if OFF in item.keywords:
            try:
                self.findings.off |= {
                    marked_check(one, self.notes) for one in item.iter_markers(OFF)
                }
            except pytest.UsageError as error:
                pytest.fail(str(error), pytrace=False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_call(self, item: pytest.Item) -> None:
        """Blame the test for what is found from now on, and not what ran since its setup."""
        self.findings.test = item

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Find what is left; what survives is frozen, so that the next collection is cheap."""
        self.findings.test = item
        yield
        getattr(item, "funcargs", {}).clear()
        self._earlier = self._failed or self.loops.before is not None
        if not self._earlier:
            if self._old:
                gc.unfreeze()
            collect()
            gc.freeze()
            self._old = False
        self.resources.judge()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> None:
        """Fail a setup, a call or a teardown for what was found, as an error would."""
        error = call.excinfo and call.excinfo.value
        if isinstance(error, pytest.PytestUnhandledThreadExceptionWarning):
            what, fix = "an exception ended a thread", "handle it where it is raised"
            self.findings.add("exceptions", what, fix, lines_of_error(error.__cause__))
        hung, found = self.findings.hung, self.findings.take()
        self.findings.test = None
        if error and not hung:
            if notes := [one for one in found if one.check in ("coroutines", "exceptions")]:
                error.add_note(self.findings.text(notes))
        elif found and not self._failed:
            try:
                pytest.fail(self.findings.text(found), pytrace=False)
            except pytest.fail.Exception:
                call.excinfo = pytest.ExceptionInfo.from_current()
        self._failed |= call.excinfo is not None

    def _has_failures(self) -> bool:
        return getattr(self._plugins.get_plugin("session"), "testsfailed", 0) > 0

    def _collect_earlier(self) -> None:
        """Find what earlier tests left, before something of this test can be garbage."""
        if self._earlier:
            test, self.findings.test = self.findings.test, None
            collect()
            gc.freeze()
            self.findings.test = test

    def _thaw(self, *_: Any) -> None:
        """Let a test see all objects, and collect them, as without the guard."""
        self._old = True
        gc.unfreeze()

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Look a last time, and give a worker's findings to the run of pytest-xdist."""
        if not self._has_failures():
            collect()
        getattr(session.config, "workeroutput", {})["async_guard"] = self._reports(), self.notes

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of pytest-xdist has to say."""
        late, notes = getattr(node, "workeroutput", {}).get("async_guard", ([], []))
        self._late += late
        self.notes += notes

    def _reports(self) -> list[str]:
        """Return what no test can be blamed for; without a line, a failing test may have left it."""
        late = [one for one in self.findings.late.values() if one.where or not self._has_failures()]
        texts = [self.findings.text([one]) for one in late]
        return self._late + [f"found outside of a test: {text}" for text in texts]

    def _end(self) -> None:
        self.observers.close()
        gc.unfreeze()
        session, reporter = map(self._plugins.get_plugin, ("session", "terminalreporter"))
        if session and reporter:
            late = self._reports()
            for line in dict.fromkeys(late + self.notes):
                reporter.write_line(f"async guard: {line}")
            if late and session.exitstatus in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
                session.exitstatus = pytest.ExitCode.TESTS_FAILED


def read_settings(config: pytest.Config, notes: list[str]) -> tuple[float, frozenset[str]]:
    """Return the seconds until the deadline, and the checks that are turned off, or say why not."""
    if config.getini(LIMIT):
        notes.append(f"{LIMIT} has no effect any more: remove it")
    try:
        seconds, names = float(config.getini(DEADLINE)), config.getini(OFF)
    except (TypeError, ValueError) as error:
        raise pytest.UsageError(f"{DEADLINE} or {OFF}: {error}") from None
    if not 0 < seconds < math.inf:
        raise pytest.UsageError(f"{DEADLINE} must be a number of seconds above 0: {seconds:g}")
    return seconds, frozenset(known_check(name, OFF, notes) for name in names)


def marked_check(marker: pytest.Mark, notes: list[str]) -> str:
    """Return the check that a marker turns off; raise `pytest.UsageError` if it is wrong."""
    given = {**dict(zip(("check", "reason"), marker.args, strict=False)), **marker.kwargs}
    is_complete = len(marker.args) + len(marker.kwargs) == 2 and {*given} == {"check", "reason"}
    if not (is_complete and isinstance(given["reason"], str) and given["reason"].strip()):
        usage = f'write it as @pytest.mark.{OFF}("tasks", reason="…")'
        raise pytest.UsageError(f"the marker {OFF} takes a check and a reason: {usage}")
    return known_check(given["check"], f"the marker {OFF}", notes)


def known_check(check: object, where: str, notes: list[str]) -> str:
    name = check if isinstance(check, str) else repr(check)
    if name in REMOVED:
        notes.append(f"{where}: there is no check {name!r} any more: remove it")
    elif name not in CHECKS:
        names = ", ".join(CHECKS)
        raise pytest.UsageError(f"{where}: there is no check {name!r}; the checks are {names}")
    return name
