"""Mistakes that a source file shows: each such file gets a failing test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from .asserted import uncalled_outside_tests
from .cancellation import swallowing
from .findings import Findings
from .forgotten import forgotten
from .mistakes import Mistake
from .report import fail


class SourceMistakes(pytest.Item):
    """A failing test for a source file, made only where the file has a mistake."""

    mistakes: list[Mistake]

    def runtest(self) -> None:
        """Fail."""
        fail(self.mistakes, self.config.rootpath)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Tell where."""
        line = self.mistakes[0].where
        return self.path, line[1] - 1 if line else 0, f"{self.path.name}: async guard"


def items(session: pytest.Session, findings: Findings) -> Iterator[pytest.Item]:
    """Yield a failing test for each file of the project that has such a mistake."""
    for path in sorted({*_of_package(findings), *_of_tests(findings)}):
        mistakes = [m for m in _mistakes(path, findings) if m.check not in findings.off]
        if mistakes:
            module = pytest.Module.from_parent(session, path=path)
            item = SourceMistakes.from_parent(module, name="async_guard")
            item.mistakes = mistakes
            yield item


def _of_package(findings: Findings) -> Iterator[Path]:
    source = findings.own.root / "src"
    for folder in findings.own.package_folders:
        if folder.parent == source:
            yield from folder.rglob("*.py")


def _of_tests(findings: Findings) -> Iterator[Path]:
    """Yield what was imported for the tests: their modules, helpers and conftest."""
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if file and file in findings.own and not findings.own.in_package(file):
            yield Path(file)


def _mistakes(path: Path, findings: Findings) -> Iterator[Mistake]:
    source = path.read_bytes()
    for line, (what, mend) in forgotten(source).items():
        yield Mistake("coroutines", what, (str(path), line), mend)
    if findings.own.in_package(str(path)):
        for line, mend in swallowing(source).items():
            what = "a cancellation is caught here and not raised again"
            yield Mistake("cancellation", what, (str(path), line), mend)
    else:
        for line, name in uncalled_outside_tests(source).items():
            what = f"{name} was not called: it asserts nothing"
            yield Mistake("mocks", what, (str(path), line), f"write {name}(…)")
