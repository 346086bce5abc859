"""What a mistake is, and where it stands in the project's own code."""

import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

import blockbuster

GUARD = Path(__file__).parent

Line = tuple[str, int]
"""A file and a line in it."""

EARLIER: Line = ("", 0)
"""The line of what was done before the running test began, where no other is known."""


@dataclass(frozen=True)
class Mistake:
    """One async mistake of a test, of a fixture, or of the code that they run."""

    check: str
    """The check that saw it, by the name it has in the settings."""

    what: str
    """What happened, in one line."""

    where: Line | None
    """Where in the project's own code, if that is known."""

    mend: str
    """How to mend it, in one line."""


class OwnCode:
    """Tells the project's own code, its package and its tests, from that of its libraries."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.package_folders = package_folders(root)
        self._packages = tuple(f"{folder}/" for folder in self.package_folders)
        self._standard = (f"{sysconfig.get_path('stdlib')}/", "<frozen", f"{GUARD}/")
        libraries = {sysconfig.get_path(path) for path in ("stdlib", "purelib")}
        libraries |= {sys.prefix} - {str(root)}
        self._foreign = (*(f"{library}/" for library in libraries), f"{GUARD}/")
        self._own: dict[str, bool] = {}

    def __contains__(self, filename: str) -> bool:
        """Tell whether a file is the project's."""
        own = self._own.get(filename)
        if own is None:
            own = self._own[filename] = self.in_package(filename) or (
                filename.startswith(f"{self.root}/")
                and not filename.startswith(self._foreign)
                and "/site-packages/" not in filename
            )
        return own

    def in_package(self, filename: str) -> bool:
        """Tell whether a file is the package's, and not a test's."""
        return filename.startswith(self._packages)

    def in_tests(self, lines: Iterable[Line]) -> bool:
        """Tell whether one of the lines is a test's or a fixture's."""
        return any(line[0] in self and not self.in_package(line[0]) for line in lines)

    def innermost(self, lines: Iterable[Line]) -> Line | None:
        """Return the first line that is the project's own, of lines from the inside out."""
        return next((line for line in lines if line[0] in self), None)

    def blames_package(self, lines: Iterable[Line]) -> bool:
        """Tell whether the innermost line of the project's own is the package's."""
        own = self.innermost(lines)
        return own is not None and self.in_package(own[0])

    def is_standard(self, line: Line) -> bool:
        """Tell whether a line is the standard library's, or the guard's."""
        return line[0].startswith(self._standard)

    def direct(self, lines: Iterable[Line]) -> bool:
        """Tell whether only the standard library stands between the project's code and this."""
        outside = (line for line in lines if not self.is_standard(line))
        return next(outside, ("", 0))[0] in self


def package_folders(root: Path) -> list[Path]:
    """Return the folders of the project's packages, as they lie and as they are installed."""
    folders = []
    for folder in sorted(root.glob("src/*/")):
        spec = find_spec(folder.name) if folder.name.isidentifier() else None
        installed = (spec and spec.submodule_search_locations) or ()
        folders += [folder, *(Path(path) for path in installed)]
    return list(dict.fromkeys(folders))


def stack(frame: FrameType | None = None) -> Iterator[Line]:
    """Return the lines of a stack, from the inside out; by default the caller's."""
    return map(line_of, frames(frame or sys._getframe(1)))


def frames(frame: FrameType | None) -> Iterator[FrameType]:
    """Yield a frame and those that led to it, from the inside out."""
    while frame is not None:
        yield frame
        frame = frame.f_back


def unwatched(innermost: FrameType | None) -> Iterator[FrameType]:
    """Yield a frame and those that led to it, without those of blockbuster's."""
    for frame in frames(innermost):
        if not frame.f_code.co_filename.startswith(blockbuster.__path__[0]):
            yield frame


def line_of(frame: FrameType) -> Line:
    """Return where a frame is."""
    return frame.f_code.co_filename, frame.f_lineno
