"""Which code is the project's own: its package, or its tests."""

import gc
import inspect
import os
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from traceback import walk_tb
from types import FrameType, ModuleType
from typing import Any, NamedTuple

import _pytest
import pluggy

LIBRARY_FOLDERS = {"site-packages", "dist-packages"}
TEST_FOLDERS = {"test", "testing", "tests"}
NO_PACKAGE = {"benchmarks", "docs", "examples", "scripts"} | TEST_FOLDERS

Owner = Enum("Owner", "PACKAGE TESTS STANDARD LIBRARY PYTEST")
"""Whose code a file is: the standard library's includes generated code and the guard."""
PACKAGE, TESTS, STANDARD, LIBRARY, PYTEST = Owner  # To read an attribute takes ten times as long.


class Line(NamedTuple):
    """A line of a file."""

    file: str
    number: int


class Stack(NamedTuple):
    """The project's own lines of a call stack, from the innermost outwards."""

    lines: list[Line]
    is_direct: bool  # Whether only the standard library stands between them and the call.


class OwnCode:
    """Tells the project's own code from that of Python and of libraries."""

    def __init__(self, root: str, packages: Iterable[str], path: ModuleType = os.path) -> None:
        self._path = path  # That of the system which the names are from.
        self._roots = self._folders(root, path.realpath(root))
        self.owner = cache(self._find)  # Returns whose code a file is.
        (prefix,) = self._folders(sys.prefix)
        self._places = (  # A file belongs to the first that it is in.
            (("<", *self._folders(str(Path(__file__).parent))), STANDARD),
            (self._folders(_pytest.__path__[0], pluggy.__path__[0]), PYTEST),
            (self._folders(*packages), PACKAGE),
            ((prefix,) if prefix.startswith(self._roots) else (), LIBRARY),
            (self._folders(sysconfig.get_path("stdlib")), STANDARD),
            (self._roots, TESTS),
        )

    def lines(self, lines: Iterable[Line]) -> list[Line]:
        """Return those of the lines that are the project's own."""
        return [one for one in lines if self.owner(one.file) in (PACKAGE, TESTS)]

    def stack(self, frame: FrameType | None) -> Stack:
        """Return the project's own lines of a stack that begins with a frame."""
        lines, direct = list[Line](), True
        while frame is not None:
            file = frame.f_code.co_filename
            if (owner := self.owner(file)) is PYTEST:
                break  # It calls tests, and is called by none.
            if owner is PACKAGE or owner is TESTS:
                lines.append(Line(file, frame.f_lineno or 1))
            elif owner is LIBRARY and not lines:
                direct = False
            frame = frame.f_back
        return Stack(lines, direct and bool(lines))

    def place(self, line: Line) -> str:
        """Return a line as `file:number`, as seen from the project's root."""
        name = self._path.normcase(line.file)
        prefix = next((root for root in self._roots if name.startswith(root)), "")
        return f"{line.file[len(prefix) :]}:{line.number}"

    def _folders(self, *names: str) -> tuple[str, ...]:
        return tuple(str(self._path.normcase(self._path.join(name, ""))) for name in names)

    def _find(self, file: str) -> Owner:
        name = self._path.normcase(file)
        for folders, owner in self._places:
            if folder := next(filter(name.startswith, folders), ""):
                below = {*name.removeprefix(folder).split(self._path.sep)}
                if owner is PACKAGE:
                    return TESTS if below & TEST_FOLDERS else owner
                return LIBRARY if below & LIBRARY_FOLDERS else owner
        return LIBRARY


def package_folders(root: Path, tests: Iterable[str]) -> list[str]:
    """Return the folders of the packages in `src/`, or else beside the tests, and as installed."""
    source = root / "src" if (root / "src").is_dir() else root
    names = {file.parent.name for file in source.glob("*/__init__.py")} - NO_PACKAGE.union(tests)
    folders = [str(source)] if names and source != root else [str(root / name) for name in names]
    for name in names:
        with suppress(ImportError, ValueError):  # It may be imported, and not say from where.
            spec = find_spec(name)
            folders += (spec and spec.submodule_search_locations) or ()
    return [*folders, *map(os.path.realpath, folders)]


def line_of(frame: FrameType) -> Line:
    """Return where a frame is."""
    return Line(frame.f_code.co_filename, frame.f_lineno or frame.f_code.co_firstlineno)


def lines_of_error(error: BaseException | None) -> list[Line]:
    """Return the lines through which an exception was raised, from the innermost outwards."""
    walked = [*walk_tb(error.__traceback__ if error else None)]
    return [Line(frame.f_code.co_filename, number) for frame, number in reversed(walked)]


def lines_of_coroutine(coroutine: Any) -> list[Line]:
    """Return the lines that made a coroutine, and that of its function."""
    made = [Line(*place[:2]) for place in getattr(coroutine, "cr_origin", None) or ()]
    code = getattr(coroutine, "cr_code", None)
    return [*made, Line(code.co_filename, code.co_firstlineno)] if code else made


def lines_of_await(awaitable: Any) -> list[Line]:
    """Return the lines of a chain of awaits, from the innermost outwards."""
    lines: list[Line] = []
    while awaitable is not None:
        held = [getattr(awaitable, f"{kind}_frame", None) for kind in ("cr", "ag", "gi")]
        lines += [line_of(frame) for frame in held if frame is not None]
        names = ("cr_await", "ag_await", "gi_yieldfrom")
        inner = [getattr(awaitable, name, None) for name in names]
        if type(awaitable).__name__.startswith("async_generator_"):
            # No attribute leads to its generator.
            inner = [*filter(inspect.isasyncgen, gc.get_referents(awaitable))]
        awaitable = next((found for found in inner if found is not None), None)
    return lines[::-1]
