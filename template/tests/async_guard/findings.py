"""What the guard found, and the report of each finding."""

import linecache
from collections.abc import Iterable
from typing import Any, NamedTuple

import pytest

from .own_code import Line, OwnCode, Owner

UNPLACED = 99  # The rank of a finding without a line of the project's own.


class Finding(NamedTuple):
    """One async mistake of a test, of a fixture, or of the code that they run."""

    check: str
    what: str
    fix: str
    where: Line | None
    caller: Line | None  # That of a test or a fixture, where the finding is in the package.
    rank: int  # Of two at one place, that with the lower rank is reported.


class Findings:
    """Collects findings, from whatever thread they come, until a test is judged."""

    def __init__(self, own: OwnCode, off: frozenset[str]) -> None:
        self.own = own
        self.off = off  # The checks that are turned off for the running test.
        self.test: pytest.Item | None = None  # That whose setup, call or teardown runs.
        self.shared: Any = None  # The fixture that is set up, if tests share it.
        self.hung = False  # Whether the running test was ended at its deadline.
        self.found: list[Finding] = []

    def add(
        self, check: str, what: str, fix: str, lines: Iterable[Line] = (), rank: int = 0
    ) -> None:
        """Note a finding at the innermost of the lines that is the project's own."""
        if check in self.off or (self.hung and check != "deadline"):
            return  # What is ended at its deadline has no time to clean up.
        own, test_line = self.own.lines(lines), None
        if self.test is not None:
            path, line, _ = self.test.reportinfo()
            test_line = Line(str(path), (line or 0) + 1)
        if not own:
            self.found.append(Finding(check, what, fix, test_line, None, UNPLACED))
            return
        tests = [line for line in own if self.own.owner(line.file) is Owner.TESTS]
        caller = None if own[0] in tests else next(iter(tests), test_line)
        self.found.append(Finding(check, what, fix, own[0], caller, rank))

    def take(self) -> list[Finding]:
        """Return what was found since the last time, once a place."""
        self.hung = False
        if not self.found:
            return []
        best: dict[tuple[str, Line | None], Finding] = {}
        for finding in sorted(self.found, key=lambda finding: finding.rank):
            best.setdefault((finding.check, finding.where), finding)
        self.found = []
        placed = {finding.check for finding in best.values() if finding.rank < UNPLACED}
        # Without a line of its own, one is most often a consequence of another.
        return [one for one in best.values() if one.rank < UNPLACED or one.check not in placed]

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


def shown(value: object) -> str:
    """Return the text of a value, even if it has none."""
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - whatever it raises
        return type(value).__name__
