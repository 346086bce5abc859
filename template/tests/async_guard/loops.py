"""Fixtures that live longer than the event loop they run on."""

import pytest

from .findings import Findings
from .items import fixtures, runs_on_loop
from .report import fail

SCOPES = ["function", "class", "module", "package", "session"]


class LoopScopes:
    """Fails a test that has such a fixture, before the fixture is set up.

    A plugin of its own, since it must come before pytest's own setup, and not around it.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Look at the fixtures of a test."""
        if "loops" in self._findings.off:
            return
        default = item.config.getini("asyncio_default_fixture_loop_scope")
        for name, function, scope in fixtures(item):
            if not runs_on_loop(function):
                continue
            loop_scope = getattr(function, "_loop_scope", None) or default or scope
            if loop_scope in SCOPES and SCOPES.index(loop_scope) < SCOPES.index(scope):
                self._findings.add(
                    "loops",
                    f"the fixture {name} has the scope {scope}, but its event loop the scope {loop_scope}",
                    f'make it a pytest_asyncio.fixture(scope="{scope}", loop_scope="{scope}"), '
                    f'and mark its tests pytest.mark.asyncio(loop_scope="{scope}")',
                    [(function.__code__.co_filename, function.__code__.co_firstlineno)],
                )
        if found := self._findings.take():
            fail(found, item.config.rootpath)
