"""Async context managers that a statement makes, and that nobody enters: nothing warns of them.

Only what a function under `asynccontextmanager` returns is watched, whoever's function that is.
"""

import ast
import linecache
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from types import FrameType
from typing import Any

from .findings import Findings
from .meanings import last_name
from .parsed import ENTER, SourceFile
from .replacements import Replacements

MADE = "_async_guard_made"
"""Where a context manager keeps what is known of it."""


class _Made:
    """Where a context manager was made, for as long as nobody uses that."""

    def __init__(self, findings: Findings, function: str, frame: FrameType) -> None:
        self._findings = findings
        self._function = function
        self._code = frame.f_code
        self._line = frame.f_lineno
        self.used = False

    def __del__(self) -> None:
        dropping = sys._getframe().f_back
        if self.used or dropping is None or dropping.f_code is not self._code:
            return
        file = self._code.co_filename
        for lines, called in statements(file):
            if (
                self._line in lines
                and dropping.f_lineno in lines
                and last_name(called) == self._function
            ):
                what = f"{ast.unparse(called)}() has no effect"
                self._findings.add("coroutines", what, ENTER, [(file, lines.start)])


class Entered:
    """Watches what becomes of async context managers."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._replacements = Replacements()

    def install(self) -> None:
        """Hear of each that is made, and of its use: it is entered, or decorates a function."""
        kind: Any = type(_probe())
        self._replacements.put(kind, "__init__", self._making(kind.__init__))
        for name in ("__aenter__", "__call__"):
            self._replacements.put(kind, name, _using(getattr(kind, name)))

    def uninstall(self) -> None:
        """Hear of them no more."""
        self._replacements.put_back()

    def _making(self, original: Any) -> Any:
        def make(manager: Any, function: Any, *args: Any) -> None:
            original(manager, function, *args)
            # Between them is what `asynccontextmanager` returns.
            caller = sys._getframe(2)
            if caller.f_code.co_filename in self._findings.own:
                made = _Made(self._findings, getattr(function, "__name__", ""), caller)
                setattr(manager, MADE, made)

        return make


def _using(original: Any) -> Any:
    def use(manager: Any, *args: Any) -> Any:
        if made := getattr(manager, MADE, None):
            made.used = True
        return original(manager, *args)

    return use


@cache
def statements(filename: str) -> list[tuple[range, ast.expr]]:
    """Return the statements that only call something: their lines, and what they call."""
    file = SourceFile("".join(linecache.getlines(filename)).encode())
    return [
        (range(statement.lineno, (statement.end_lineno or 0) + 1), call.func)
        for statement, call in file.calls
    ]


@asynccontextmanager
async def _probe() -> AsyncIterator[None]:
    yield
