"""Mocks that cannot fail: one that is not async in an async function's place, and
assertions that assert nothing, because they are misspelt or never called.
"""

import ast
import inspect
import pkgutil
import re
import unittest.mock
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from . import private
from .findings import Findings
from .mistakes import Line, stack
from .replacements import Replacements

ASSERTIONS = tuple(
    name for name in dir(unittest.mock.AsyncMock) if name.startswith("assert_")
)
MISSPELT = frozenset(
    f"{prefix}{name.removeprefix('assert_')}"
    for name in ASSERTIONS
    for prefix in ("", "was_", "is_")
)
UNKNOWN = (AttributeError, ImportError, ValueError)
UNCALLED = re.compile(r"^\s+[\w.\[\]()\"']+\.assert_\w+\s*(#.*)?$", re.MULTILINE)


class Mocks:
    """Watches what replaces what, and what is asked of mocks."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._replaced: list[tuple[str, Any, list[Line]]] = []
        self._uncalled: dict[Path, dict[int, str]] = {}
        self._replacements = Replacements()

    def install(self) -> None:
        """Look at each patch when it begins, and at each name that a mock does not know."""
        patch_class = getattr(private.PATCH.owner, private.PATCH.name, None)
        if patch_class:
            self._wrap(patch_class, "__enter__", self._patching)
        self._wrap(pytest.MonkeyPatch, "setattr", self._monkeypatching)
        self._wrap(unittest.mock.NonCallableMock, "__getattr__", self._looking_up)

    def uninstall(self) -> None:
        """Put the originals back."""
        self._replacements.put_back()

    def judge(self) -> None:
        """Note the replacements that were never given something to await."""
        replaced, self._replaced = self._replaced, []
        for name, mock, lines in replaced:
            if mock.called and not _gives_awaitables(mock):
                self._findings.add(
                    "mocks",
                    f"{name} is an async function, and was replaced by a {type(mock).__name__}",
                    "replace it by an `AsyncMock`, or leave out what to replace it by",
                    lines,
                )

    def judge_source(self, item: pytest.Function) -> None:
        """Note the assertions in a test's own source that are never called."""
        if item.path not in self._uncalled:
            self._uncalled[item.path] = uncalled_assertions(item.path)
        if uncalled := self._uncalled[item.path]:
            source, first = inspect.getsourcelines(inspect.unwrap(item.obj))
            for line, name in uncalled.items():
                if first <= line < first + len(source):
                    self._findings.add(
                        "mocks",
                        f"{name} was not called: it asserts nothing",
                        f"write {name}(…)",
                        [(str(item.path), line)],
                    )

    def _wrap(self, owner: Any, name: str, wrap: Callable[[Any], Any]) -> None:
        self._replacements.put(owner, name, wrap(getattr(owner, name)))

    def _patching(self, original: Any) -> Any:
        def enter(patch: Any) -> Any:
            new = original(patch)
            self._add(patch.attribute, getattr(patch, "temp_original", None), new)
            return new

        return enter

    def _monkeypatching(self, original: Any) -> Any:
        def setattr_(patch: Any, target: Any, *args: Any, **kwargs: Any) -> None:
            if len(args) > 1 and isinstance(args[0], str):
                replaced = inspect.getattr_static(target, args[0], None)
                self._add(args[0], replaced, args[1])
            elif isinstance(target, str) and args:
                self._add(target, _resolved(target), args[0])
            original(patch, target, *args, **kwargs)

        return setattr_

    def _looking_up(self, original: Any) -> Any:
        def look_up(mock: Any, name: str) -> Any:
            if name in MISSPELT and mock.__dict__.get("_mock_methods") is None:
                self._findings.add(
                    "mocks",
                    f"{name} is no assertion of a mock: it never fails",
                    "write assert_" + re.sub("^(was_|is_)", "", name),
                    stack(),
                )
            return original(mock, name)

        return look_up

    def _add(self, name: str, replaced: Any, new: Any) -> None:
        function = getattr(replaced, "__func__", replaced)
        if inspect.iscoroutinefunction(function) and isinstance(
            new, unittest.mock.NonCallableMock
        ):
            self._replaced.append((name, new, list(stack())))


def _gives_awaitables(mock: Any) -> bool:
    """Tell whether what a mock returns can be awaited, as far as it is known."""
    if isinstance(mock, unittest.mock.AsyncMock) or inspect.iscoroutinefunction(mock):
        return True
    if mock.side_effect is not None or getattr(mock, "_mock_wraps", None) is not None:
        return True
    return inspect.isawaitable(mock.return_value)


def _resolved(target: str) -> Any:
    try:
        return pkgutil.resolve_name(target)
    except UNKNOWN:
        return None


def uncalled_assertions(module: Path) -> dict[int, str]:
    """Return the lines of a module that name an assertion of a mock and do not call it."""
    source = module.read_text("utf-8")
    if not UNCALLED.search(source):
        return {}
    return {
        node.lineno: node.value.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in ASSERTIONS
    }
