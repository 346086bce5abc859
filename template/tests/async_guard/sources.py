"""Mistakes that a source file shows: each such file gets a failing test."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from .asserted import uncalled_outside_tests
from .cancellation import swallowing
from .findings import Findings
from .forgotten import forgotten
from .held import held
from .in_vain import in_vain
from .mistakes import Mistake, OwnCode
from .parsed import SourceFile, brought
from .report import fail

EVERYWHERE = (("coroutines", forgotten), ("coroutines", in_vain))
IN_PACKAGE = (*EVERYWHERE, ("blocking", held), ("cancellation", swallowing))
IN_TESTS = (*EVERYWHERE, ("mocks", uncalled_outside_tests))


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


def items(
    session: pytest.Session, mistakes: Iterable[Mistake]
) -> Iterator[pytest.Item]:
    """Yield a failing test for each file of the project that has such a mistake."""
    by_file = defaultdict[str, list[Mistake]](list)
    for mistake in mistakes:
        if mistake.where:
            by_file[mistake.where[0]].append(mistake)
    for file, found in sorted(by_file.items()):
        module = pytest.Module.from_parent(session, path=Path(file))
        item = SourceMistakes.from_parent(module, name="async_guard")
        item.mistakes = found
        yield item


def mistakes(findings: Findings) -> Iterator[Mistake]:
    """Yield what the source of the package shows, and that of all that is imported for the tests."""
    own = findings.own
    imported = {
        Path(file): module
        for module in list(sys.modules.values())
        if (file := getattr(module, "__file__", None)) and file in own
    }
    tests = {path for path in imported if not own.in_package(str(path))}
    for path in sorted({*_of_package(own), *tests}):
        file = SourceFile(path.read_bytes(), brought(imported.get(path), own))
        for check, look in IN_TESTS if path in tests else IN_PACKAGE:
            if check not in findings.off:
                for line, (what, mend) in look(file).items():
                    yield Mistake(check, what, (str(path), line), mend)


def _of_package(own: OwnCode) -> Iterator[Path]:
    source = own.root / "src"
    for folder in own.package_folders:
        if folder.parent == source:
            yield from folder.rglob("*.py")
