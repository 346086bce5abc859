"""What a test is made of: its lines, its fixtures, and whether it is async."""

import functools
import inspect
from collections.abc import Callable
from types import CodeType
from typing import Any, NamedTuple

import pytest
import pytest_asyncio

from .mistakes import Line, OwnCode


class Fixture(NamedTuple):
    """A fixture that a test uses."""

    name: str
    function: Callable[..., Any]
    scope: str


class Span(NamedTuple):
    """The lines of a function."""

    path: str
    first: int
    last: int

    def has(self, line: Line) -> bool:
        """Tell whether a line is one of them."""
        return line[0] == self.path and self.first <= line[1] <= self.last


def is_async(item: pytest.Item) -> bool:
    """Tell whether a test is async."""
    return pytest_asyncio.is_async_test(item) or (
        isinstance(item, pytest.Function)
        and inspect.iscoroutinefunction(inspect.unwrap(item.obj))
    )


def uses_loop(item: pytest.Item) -> bool:
    """Tell whether pytest-asyncio runs a test, or a fixture of it, on a loop."""
    return pytest_asyncio.is_async_test(item) or any(
        runs_on_loop(fixture.function) for fixture in fixtures(item)
    )


@functools.cache
def runs_on_loop(function: Any) -> bool:
    """Tell whether the function of a fixture runs on a loop."""
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


def fixtures(item: pytest.Item) -> list[Fixture]:
    """Return the fixtures that a test uses."""
    info = getattr(item, "_fixtureinfo", None)
    definitions = getattr(info, "name2fixturedefs", {}).items()
    return [Fixture(name, all_[-1].func, all_[-1].scope) for name, all_ in definitions]


def shares_fixtures(item: pytest.Item, own: OwnCode) -> bool:
    """Tell whether a test uses a fixture of the project's own that other tests may use too."""
    return any(
        fixture.scope != "function"
        and (code := _code(fixture.function)) is not None
        # A library's own fixtures end nothing that the project's code begins.
        and code.co_filename in own
        for fixture in fixtures(item)
    )


def spans(item: pytest.Item) -> list[Span]:
    """Return the lines of a test, and those of the fixtures that are for it alone."""
    path, line, _ = item.reportinfo()
    first = (line or 0) + 1
    code = _code(getattr(item, "obj", None))
    last = _span(code).last if code else first
    own = (_code(f.function) for f in fixtures(item) if f.scope == "function")
    return [Span(str(path), first, last), *map(_span, filter(None, own))]


def contains(function: Any, line: Line | None) -> bool:
    """Tell whether a line is one of a function's."""
    code = _code(function)
    return bool(code and line and _span(code).has(line))


def _span(code: CodeType) -> Span:
    last = max((line for *_, line in code.co_lines() if line), default=0)
    return Span(code.co_filename, code.co_firstlineno, last)


def _code(function: Any) -> CodeType | None:
    return getattr(function and inspect.unwrap(function), "__code__", None)
