"""Which code is the project's own: its package, or its tests."""

import os
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from enum import Enum
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


class Line(NamedTuple):
    """A line of a file."""

    file: str
    number: int


class Stack(NamedTuple):
    """The project's own lines of a call stack, from the innermost outwards."""

    lines: list[Line]
    is_direct: bool  # Whether only the standard library stands between them and the call.


class OwnCode:
    """Tells the project's own code from that of Python and of libraries.

    `path` is the path module of the system that the names are from, as in `os.path`.
    """

    def __init__(self, root: str, packages: Iterable[str], path: ModuleType = os.path) -> None:
        self._path = path
        self._packages = self._folders(*packages)
        self._roots = self._folders(root, path.realpath(root))
        self._prefix, self._standard = self._folders(sys.prefix, sysconfig.get_path("stdlib"))
        self._guard = self._folders(str(Path(__file__).parent))
        self._runners = self._folders(_pytest.__path__[0], pluggy.__path__[0])
        self._owners: dict[str, Owner] = {}

    def owner(self, file: str) -> Owner:
        """Return whose code a file is."""
        if (owner := self._owners.get(file)) is None:
            owner = self._owners[file] = self._find(self._path.normcase(file))
        return owner

    def __contains__(self, file: str) -> bool:
        return self.owner(file) in (Owner.PACKAGE, Owner.TESTS)

    def lines(self, lines: Iterable[Line]) -> list[Line]:
        """Return those of the lines that are the project's own."""
        return [line for line in lines if line.file in self]

    def stack(self, frame: FrameType | None) -> Stack:
        """Return the project's own lines of a stack that begins with a frame."""
        lines: list[Line] = []
        direct = True
        while frame is not None:
            file = frame.f_code.co_filename  # Once: it raises an audit event.
            owner = self._owners.get(file) or self.owner(file)
            if owner is Owner.PYTEST:
                break  # It calls tests, and is called by none.
            if owner is Owner.PACKAGE or owner is Owner.TESTS:
                lines.append(Line(file, frame.f_lineno or 1))
            elif owner is Owner.LIBRARY and not lines:
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

    def _find(self, name: str) -> Owner:
        if name.startswith(("<", *self._guard)):
            return Owner.STANDARD
        if name.startswith(self._runners):
            return Owner.PYTEST
        if self._prefix.startswith(self._roots) and name.startswith(self._prefix):
            return Owner.LIBRARY  # An environment in the project's folder.
        if name.startswith(self._standard) and not self._has(LIBRARY_FOLDERS, name):
            return Owner.STANDARD
        if folder := next(filter(name.startswith, self._packages), ""):
            is_tests = self._has(TEST_FOLDERS, name[len(folder) :])
            return Owner.TESTS if is_tests else Owner.PACKAGE
        folder = next(filter(name.startswith, self._roots), "")
        is_library = not folder or self._has(LIBRARY_FOLDERS, name[len(folder) :])
        return Owner.LIBRARY if is_library else Owner.TESTS

    def _has(self, folders: set[str], name: str) -> bool:
        return not folders.isdisjoint(name.split(self._path.sep))


def package_folders(root: Path, tests: Iterable[str]) -> list[str]:
    """Return the folders of the project's packages, as they lie and as they are installed.

    They are in `src/`; without it, they are the packages beside the tests.
    """
    source = root / "src" if (root / "src").is_dir() else root
    packages = [entry for entry in source.iterdir() if (entry / "__init__.py").exists()]
    found = [entry for entry in packages if entry.name not in NO_PACKAGE.union(tests)]
    folders = [*map(str, found), *([str(source)] if found and source != root else [])]
    for package in found:
        with suppress(ImportError, ValueError):  # It may be imported, and not say from where.
            spec = find_spec(package.name)
            folders += (spec and spec.submodule_search_locations) or ()
    return [*folders, *map(os.path.realpath, folders)]


def line_of(frame: FrameType) -> Line:
    """Return where a frame is."""
    return Line(frame.f_code.co_filename, frame.f_lineno or frame.f_code.co_firstlineno)


def lines_of_error(error: BaseException | None) -> list[Line]:
    """Return the lines through which an exception was raised, from the innermost outwards."""
    walked = walk_tb(error.__traceback__ if error else None)
    return [Line(frame.f_code.co_filename, number) for frame, number in walked][::-1]


def lines_of_coroutine(coroutine: Any) -> list[Line]:
    """Return the lines that made a coroutine, and that of its function."""
    made = [Line(*place[:2]) for place in getattr(coroutine, "cr_origin", None) or ()]
    code = getattr(coroutine, "cr_code", None)
    return [*made, Line(code.co_filename, code.co_firstlineno)] if code else made
