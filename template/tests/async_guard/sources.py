"""Mistakes that a source file shows: each such file gets a failing test."""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest

from . import settings
from .asserted import uncalled_outside_tests
from .cancellation import swallowing
from .findings import Findings
from .forgotten import forgotten
from .held import held
from .in_vain import in_vain
from .items import spans
from .mistakes import Mistake, OwnCode
from .parsed import SourceFile, Told, contents, how_run
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


def excused(mistake: Mistake, items: Iterable[pytest.Item]) -> bool:
    """Tell whether a mistake is in a test that a marker lets pass its check."""
    return any(
        mistake.where
        and any(span.has(mistake.where) for span in spans(item))
        and _lets_pass(item, mistake.check)
        for item in items
        if item.get_closest_marker(settings.NAME)
    )


def _lets_pass(item: pytest.Item, check: str) -> bool:
    try:
        return check in settings.turned_off(item)
    except pytest.UsageError:  # It is told of when the test runs.
        return False


def mistakes(findings: Findings) -> Iterator[Mistake]:
    """Yield what the source of the package shows, and that of all that is imported for the tests."""
    own = findings.own
    modules = {
        Path(file): found
        for module in list(sys.modules.values())
        if isinstance(file := (found := contents(module)).get("__file__"), str)
        and file in own
    }
    known = {n for found in modules.values() for n, v in found.items() if how_run(v)}
    tests = {path for path in modules if not own.in_package(str(path))}
    for path in sorted({*_of_package(own), *tests}):
        if path.is_file():  # Neither a broken link nor what was deleted meanwhile.
            file = SourceFile(path.read_bytes(), modules.get(path))
            for check, look in looks(known, in_package=path not in tests):
                if check not in findings.off:
                    for line, (what, mend) in look(file).items():
                        yield Mistake(check, what, (str(path), line), mend)


def looks(
    known: set[str], *, in_package: bool
) -> Iterator[tuple[str, Callable[[SourceFile], dict[int, Told]]]]:
    """Yield what looks for mistakes, each with its check; `known` are names of functions."""
    yield "coroutines", partial(forgotten, known=known)
    yield "coroutines", in_vain
    if in_package:
        yield "blocking", held
        yield "cancellation", swallowing
    else:
        yield "mocks", uncalled_outside_tests


def _of_package(own: OwnCode) -> Iterator[Path]:
    source = own.root / "src"
    for folder in own.package_folders:
        if folder.parent == source:
            yield from folder.rglob("*.py")
