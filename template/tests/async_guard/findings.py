"""What the guard found, and the report of each finding."""

import linecache
from collections.abc import Iterable
from reprlib import Repr
from typing import NamedTuple

import pytest

from .own_code import Line, OwnCode, Owner

TEXT = Repr()
TEXT.maxother = TEXT.maxstring = 500
shown = TEXT.repr  # The text of a value, even if it has none.


class Finding(NamedTuple):
    """One async mistake of a test, of a fixture, or of the code that they run."""

    check: str
    what: str
    fix: str
    where: Line | None
    caller: Line | None  # That of a test or a fixture, where the finding is in the package.
    is_placed: bool  # Whether it has a line of the project's own.


class Findings:
    """Collects findings, from whatever thread they come, until a test is judged."""

    def __init__(self, own: OwnCode, off: frozenset[str]) -> None:
        self.own = own
        self.off = off  # The checks that are turned off for the running test.
        self.test: pytest.Item | None = None  # That whose setup, call or teardown runs.
        self.hung = False  # Whether the running test was ended at its deadline.
        self.found: dict[tuple[str, Line | None], Finding] = {}  # The first of each place.
        self.late = {**self.found}  # The same of what no test can be blamed for.

    def add(self, check: str, what: str, fix: str, lines: Iterable[Line] = ()) -> None:
        """Note a finding at the innermost of the lines that is the project's own."""
        if check in self.off or (self.hung and check != "deadline"):
            return  # What is ended at its deadline has no time to clean up.
        own, test_line = self.own.lines(lines), None
        if self.test is not None:
            path, line, _ = self.test.reportinfo()
            test_line = Line(str(path), (line or 0) + 1)
        where = own[0] if own else test_line
        tests = [line for line in own if self.own.owner(line.file) is Owner.TESTS]
        caller = None if where in (None, *tests, test_line) else next(iter(tests), test_line)
        found = self.late if self.test is None else self.found
        found.setdefault((check, where), Finding(check, what, fix, where, caller, bool(own)))

    def take(self) -> list[Finding]:
        """Return what was found since the last time."""
        found, self.found, self.hung = self.found.values(), {}, False
        placed = {one.check for one in found if one.is_placed}
        # Without a line of its own, one is most often a consequence of another.
        return [one for one in found if one.is_placed or one.check not in placed]

    def text(self, found: Iterable[Finding]) -> str:
        """Return the reports: what and where, the source line, and the fix."""
        reports = []
        for check, what, fix, where, caller, _ in found:
            place = self.own.place(where) if where else "an unknown line"
            place += f", from {self.own.place(caller)}" if caller else ""
            source = linecache.getline(*where).strip() if where else ""
            lines = f"{what}, at {place} [{check}]", source, f"Fix: {fix}."
            reports.append("\n    ".join(filter(None, lines)))
        return "\n".join(reports)
