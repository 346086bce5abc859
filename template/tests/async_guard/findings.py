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

    def text(self, own: OwnCode) -> str:
        """Return the report: what and where, the source line, and the fix."""
        place = own.place(self.where) if self.where else "an unknown line"
        place += f", from {own.place(self.caller)}" if self.caller else ""
        source = linecache.getline(*self.where).strip() if self.where else ""
        what = f"{self.what}, at {place} [{self.check}]"
        return "\n    ".join(filter(None, (what, source, f"Fix: {self.fix}.")))


class Findings:
    """Collects findings, from whatever thread they come, until a test is judged."""

    def __init__(self, own: OwnCode, off: frozenset[str]) -> None:
        self.own = own
        self.off = off  # The checks that are turned off for the running test.
        self.test: pytest.Item | None = None  # That whose setup, call or teardown runs.
        self.shared: Any = None  # The fixture that is set up, if tests share it.
        self.hung = False  # Whether the running test was ended at its deadline.
        self._found: list[Finding] = []

    def add(
        self, check: str, what: str, fix: str, lines: Iterable[Line] = (), rank: int = 0
    ) -> None:
        """Note a finding at the innermost of the lines that is the project's own."""
        if check in self.off or (self.hung and check != "deadline"):
            return  # What is ended at its deadline has no time to clean up.
        own = self.own.lines(lines)
        tests = [line for line in own if self.own.owner(line.file) is Owner.TESTS]
        if own:
            in_package = own[0] not in tests
            caller = next(iter(tests), self._test_line()) if in_package else None
            self._found.append(Finding(check, what, fix, own[0], caller, rank))
        else:
            self._found.append(Finding(check, what, fix, self._test_line(), None, UNPLACED))

    def take(self, found: Iterable[Finding] = ()) -> list[Finding]:
        """Return what was found since the last time, once a place; note `found` instead."""
        if not self._found:
            self._found, self.hung = [*found], False
            return []
        best: dict[tuple[str, Line | None], Finding] = {}
        for finding in sorted(self._found, key=lambda finding: finding.rank):
            best.setdefault((finding.check, finding.where), finding)
        self._found, self.hung = [*found], False
        placed = {finding.check for finding in best.values() if finding.rank < UNPLACED}
        # Without a line of its own, one is most often a consequence of another.
        return [one for one in best.values() if one.rank < UNPLACED or one.check not in placed]

    def text(self) -> str:
        """Return the reports of what was found since the last time."""
        return "\n".join(finding.text(self.own) for finding in self._found)

    def _test_line(self) -> Line | None:
        if self.test is None:
            return None
        path, line, _ = self.test.reportinfo()
        return Line(str(path), (line or 0) + 1)


def shown(value: object) -> str:
    """Return the text of a value, even if it has none."""
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - whatever it raises
        return type(value).__name__
