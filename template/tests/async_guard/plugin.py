"""The guard of a run: the list of all watchers, their installation, and notes at the end."""

import os
import sys
import threading
from collections.abc import Generator
from typing import Any

import pytest

from . import private, settings, sources
from .blocking import Blocking
from .deadline import Deadline
from .entered import Entered
from .findings import Findings
from .futures import Futures
from .jobs import Jobs
from .judge import Judge
from .loops import LoopScopes
from .lost import LostExceptions
from .mistakes import OwnCode
from .mixed import mixed_modules
from .mocks import Mocks
from .resources import Resources
from .runner import Loops
from .spin import Spin
from .sqlite import Connections
from .threads import Threads
from .warned import Dropped, Recorder, recorded
from .watchdog import Watchdog


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tell pytest which settings there are."""
    settings.add_options(parser)


EARLY = pytest.StashKey[list[Dropped]]()


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_load_initial_conftests(
    early_config: pytest.Config,
) -> Generator[None, Any, Any]:
    """Hear of what a conftest drops, or what it imports: both come before all else."""
    if early_config.known_args_namespace.no_async_guard:
        return (yield)
    with recorded() as early_config.stash[EARLY]:
        return (yield)


def pytest_configure(config: pytest.Config) -> None:
    """Turn the guard on."""
    config.addinivalue_line("markers", settings.MARKER)
    if not config.getoption("--no-async-guard"):
        config.pluginmanager.register(AsyncGuard(config), "async_guard_session")


class AsyncGuard:
    """The guard of one run of pytest."""

    def __init__(self, config: pytest.Config) -> None:
        given = settings.read(config)
        self._missing = private.missing()
        gone = {check for part in self._missing for check in part.checks}
        self._findings = findings = Findings(
            OwnCode(config.rootpath), given.off.union(gone)
        )
        self._jobs = Jobs(findings, given.deadline)
        resources = Resources(findings, self._jobs)
        mocks = Mocks(findings)
        self._recorder = recorder = Recorder(findings, resources.opened.lines)
        lost = LostExceptions(findings)
        deadline = Deadline(findings, given.deadline)
        spin = Spin(findings, given.blocking_limit)
        self._watchdog = Watchdog([deadline.look, spin.look])
        loops = Loops(findings, self._watchdog, deadline, lost, self._jobs)
        self._watchers = (
            recorder,
            Connections(),
            Blocking(findings),
            resources,
            lost,
            mocks,
            deadline,
            self._watchdog,
            loops,
            Threads(findings),
            Futures(findings),
            Entered(findings),
        )
        self._notes: list[str] = []
        """What no test can be blamed for."""
        self._fails = False
        """Whether the run fails by one of them."""
        self._exit_status = 0
        self._endless: list[threading.Thread] = []
        self._judge = Judge(findings, resources, loops, mocks, recorder)
        plugins = config.pluginmanager
        plugins.register(self._judge, "async_guard_judge")
        plugins.register(LoopScopes(findings), "async_guard_loops")

    def pytest_sessionstart(self) -> None:
        """Take the places of what is watched."""
        for watcher in self._watchers:
            watcher.install()

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Give them back, once all is collected that they were to see."""
        self._judge.finish(failed=session.exitstatus != pytest.ExitCode.OK)
        for watcher in reversed(self._watchers):
            watcher.uninstall()
        self._endless = self._jobs.endless()
        self._notes += [
            f"the thread {thread.name} does not end: Python exits without it"
            for thread in self._endless
        ]
        self._fails |= self._judge.garbage.fails_run
        if self._fails and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        self._exit_status = int(session.exitstatus)
        output = getattr(session.config, "workeroutput", {})
        output["async_guard"] = self._notes + self._judge.garbage.notes
        output["async_guard_fails"] = self._fails

    def pytest_collectstart(self) -> None:
        """Look at what is imported now."""
        self._recorder.begin()

    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Item]
    ) -> None:
        """Look at what was collected, and at the source of it and of the package."""
        self._notes += [
            f"{module} mixes async and sync tests (a note: it fails nothing)"
            for module in mixed_modules(items)
        ]
        for coroutine in session.config.stash.get(EARLY, []):
            self._recorder.note(coroutine)
        found = self._findings.take()  # At their import, or at that of a conftest.
        if not any("::" in argument for argument in session.config.args):
            shown = sources.mistakes(self._findings)
            found += (one for one in shown if not sources.excused(one, items))
        # Not last: the last test is told what fixtures of the session left.
        items[:0] = sources.items(session, found)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        """Exit at once, where a thread would keep Python from it for good."""
        if self._endless:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(self._exit_status)

    def pytest_enter_pdb(self) -> None:
        """Let a person think for as long as it takes."""
        self._watchdog.pause()

    def pytest_leave_pdb(self) -> None:
        """Go on after that."""
        self._watchdog.go_on()

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Say what no test can be blamed for."""
        missing = [
            f"{part.owner.__name__}.{part.name} is missing ({part.purpose}); "
            f"off: {', '.join(sorted(part.checks))}"
            for part in self._missing
        ]
        for note in dict.fromkeys(missing + self._notes + self._judge.garbage.notes):
            terminalreporter.write_line(f"async guard: {note}")

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker of pytest-xdist has to say."""
        output = getattr(node, "workeroutput", {})
        self._notes += output.get("async_guard", [])
        self._fails |= output.get("async_guard_fails", False)
