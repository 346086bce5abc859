"""Mocks that cannot fail: one that is not async in an async function's place, and
assertions that assert nothing, because they are misspelt or never called.
"""

import inspect
import pkgutil
import re
import unittest.mock
from collections.abc import Callable
from pathlib import Path
from typing import Any
from weakref import WeakSet

import pytest

from . import private
from .asserted import ASSERTIONS, uncalled
from .findings import Findings
from .mistakes import Line, stack
from .parsed import SourceFile, Told
from .replacements import Replacements

PREFIXES = ("was_", "is_", "has_been_", "")
MISSPELT = frozenset(
    f"{prefix}{name.removeprefix('assert_')}"
    for name in ASSERTIONS
    for prefix in PREFIXES
)
UNKNOWN = (AttributeError, ImportError, ValueError)


class Mocks:
    """Watches what replaces what, and what is asked of mocks."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._replaced: list[tuple[str, Any, list[Line]]] = []
        """What stands in the place of async functions."""
        self._mocks: list[Any] = []
        """What stands in the place of anything."""
        self._made_up: WeakSet[Any] = WeakSet()
        """What mocks gave for misspelt assertions."""
        self._uncalled: dict[Path, dict[int, Told]] = {}
        self._replacements = Replacements()

    def install(self) -> None:
        """Look at each patch when it begins, and at each name that a mock does not know."""
        patch_class = getattr(private.PATCH.owner, private.PATCH.name, None)
        if patch_class:
            self._wrap(patch_class, "__enter__", self._patching)
        self._wrap(private.PATCH_DICT.owner, private.PATCH_DICT.name, self._filling)
        self._wrap(pytest.MonkeyPatch, "setattr", self._monkeypatching)
        self._wrap(pytest.MonkeyPatch, "setitem", self._setting_item)
        self._wrap(unittest.mock.NonCallableMock, "__getattr__", self._looking_up)

    def uninstall(self) -> None:
        """Put the originals back."""
        self._replacements.put_back()

    def judge(self) -> None:
        """Note the replacements that were never given something to await."""
        replaced, self._replaced = self._replaced, []
        mocks, self._mocks = self._mocks, []
        for name, mock, lines in replaced:
            if mock.called and not (
                _gives_awaitables(mock)
                or any(_was_given(other, mock.return_value) for other in mocks)
            ):
                self._findings.add(
                    "mocks",
                    f"{name} is an async function, and was replaced by a {type(mock).__name__}",
                    "replace it by an `AsyncMock`, or leave out what to replace it by",
                    lines,
                )

    def judge_source(self, item: pytest.Function) -> None:
        """Note the assertions in a test's own source that are never called."""
        if item.path not in self._uncalled:
            self._uncalled[item.path] = uncalled(SourceFile(item.path.read_bytes()))
        if found := self._uncalled[item.path]:
            source, first = inspect.getsourcelines(inspect.unwrap(item.obj))
            for line, told in found.items():
                if first <= line < first + len(source):
                    self._findings.add("mocks", *told, [(str(item.path), line)])

    def _wrap(self, owner: Any, name: str, wrap: Callable[[Any], Any]) -> None:
        original = getattr(owner, name, None)
        if original is not None:
            self._replacements.put(owner, name, wrap(original))

    def _patching(self, original: Any) -> Any:
        def enter(patch: Any) -> Any:
            entered = original(patch)
            new = inspect.getattr_static(patch.target, patch.attribute, None)
            self._add(patch.attribute, getattr(patch, "temp_original", None), new)
            return entered

        return enter

    def _filling(self, original: Any) -> Any:
        def fill(patch: Any) -> None:
            given = patch.in_dict
            before = _resolved(given) if isinstance(given, str) else given
            for key, new in patch.values.items():
                self._add(str(key), _item(before, key), new)
            original(patch)

        return fill

    def _setting_item(self, original: Any) -> Any:
        def setitem(patch: Any, dic: Any, name: Any, value: Any) -> None:
            self._add(str(name), _item(dic, name), value)
            original(patch, dic, name, value)

        return setitem

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
            state = mock.__dict__
            if (
                name not in MISSPELT
                or "mocks" in self._findings.off
                or state.get("_mock_methods") is not None
                or state.get("_mock_unsafe")
            ):
                return original(mock, name)
            given = state.get("_mock_children", {}).get(name)
            if given is not None and given not in self._made_up:
                return original(mock, name)
            self._findings.add(
                "mocks",
                f"{name} is no assertion of a mock: it never fails",
                "write assert_" + re.sub(f"^({'|'.join(PREFIXES)})", "", name),
                stack(),
            )
            made_up = original(mock, name)
            if isinstance(made_up, unittest.mock.AsyncMock):
                # Its call is no second mistake: there is nothing to await.
                made_up = unittest.mock.MagicMock()
                setattr(mock, name, made_up)
            self._made_up.add(made_up)
            return made_up

        return look_up

    def _add(self, name: str, replaced: Any, new: Any) -> None:
        if isinstance(new, unittest.mock.NonCallableMock):
            self._mocks.append(new)
            if inspect.iscoroutinefunction(getattr(replaced, "__func__", replaced)):
                self._replaced.append((name, new, list(stack())))


def _gives_awaitables(mock: Any) -> bool:
    """Tell whether what a mock returns can be awaited, as far as it is known."""
    if isinstance(mock, unittest.mock.AsyncMock) or inspect.iscoroutinefunction(mock):
        return True
    if mock.side_effect is not None or getattr(mock, "_mock_wraps", None) is not None:
        return True
    return inspect.isawaitable(mock.return_value)


def _was_given(mock: Any, value: Any) -> bool:
    """Tell whether a mock was called with what another gave: it may stand for `asyncio.run`, say."""
    return isinstance(value, unittest.mock.NonCallableMock) and any(
        one is value
        for call in mock.mock_calls
        for one in (*call.args, *call.kwargs.values())
    )


def _item(mapping: Any, key: Any) -> Any:
    try:
        return mapping[key]
    except (KeyError, TypeError):
        return None


def _resolved(target: str) -> Any:
    try:
        return pkgutil.resolve_name(target)
    except UNKNOWN:
        return None
