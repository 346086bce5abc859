"""The mistakes that were found since the last test, each once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from .items import Span, spans
from .mistakes import EARLIER, Line, Mistake, OwnCode


class Findings:
    """Collects mistakes, from whatever thread finds them, until the test is judged."""

    def __init__(self, own: OwnCode, off: frozenset[str]) -> None:
        self.own = own
        self.off = off
        """The checks that nobody wants now."""
        self.shared: Any = None
        """The fixture whose setup runs now, where more than one test may use it."""
        self.calling = False
        """Whether the test itself runs now, and no fixture."""
        self.hung = False
        """Whether something was ended at its deadline since the last judgement."""
        self._found: dict[tuple[str, Line | None, str], tuple[Mistake, list[Line]]] = {}
        self.of_earlier: list[Mistake] = []
        """What earlier tests did, though it was found in a later one."""
        self.test: pytest.Item | None = None
        """The running test, or the last."""
        self._earlier: list[tuple[pytest.Item, bool]] = []
        """The tests that are over, each with whether it failed."""

    def begin(self, item: pytest.Item) -> None:
        """Blame another test from now on."""
        self.test = item

    def end(self, *, failed: bool) -> None:
        """Remember the test, for what is found of it later."""
        if self.test:
            self._earlier.append((self.test, failed))

    def add(self, check: str, what: str, mend: str, lines: Iterable[Line] = ()) -> None:
        """Note a mistake at the innermost of the lines that is the project's own."""
        if check in self.off or (self.hung and check != "deadline"):
            return  # What is ended has no time to clean up.
        lines = list(lines)
        where = self.own.innermost(lines)
        made = [where] if where and check == "coroutines" else []
        failed = self._earlier_failed(made)
        if EARLIER in lines or failed is False:
            self.of_earlier.append(Mistake(check, what, where, mend))
        elif not failed:
            same = (check, where, "" if where else what)
            self._found.setdefault(same, (Mistake(check, what, where, mend), lines))

    def in_test(self, line: Line | None) -> bool:
        """Tell whether a line is the running test's, or that of a fixture for it alone."""
        return line is not None and any(span.has(line) for span in self._spans())

    def has(self, check: str) -> bool:
        """Tell whether a check has found something."""
        return any(found == check for found, _, _ in self._found)

    def take(self) -> list[Mistake]:
        """Return what was found, and forget it; what has no place is the running test's."""
        self.hung = False
        if not self._found:
            return []
        found, self._found = self._found, {}
        placed = {check for check, where, _ in found if where}
        return [
            mistake if where else replace(mistake, where=self._place())
            for (check, where, _), (mistake, _) in found.items()
            if where or check not in placed  # Else it is most likely a consequence.
        ]

    @contextmanager
    def looking_back(self, *, all_: bool) -> Iterator[None]:
        """Keep apart what earlier tests did, of all that is found meanwhile."""
        before, self._found = self._found, {}
        yield
        for same, (mistake, lines) in self._found.items():
            if all_ or mistake.where is None or self._is_earlier(lines):
                self.of_earlier.append(mistake)
            else:
                before.setdefault(same, (mistake, lines))
        self._found = before

    def _place(self) -> Line | None:
        return next(((span.path, span.first) for span in self._spans()), None)

    def _spans(self) -> list[Span]:
        return spans(self.test) if self.test else []

    def _is_earlier(self, lines: list[Line]) -> bool:
        """Tell whether an earlier test, and not the running one, has one of the lines."""
        return self._earlier_failed(lines) is not None

    def _earlier_failed(self, lines: list[Line]) -> bool | None:
        """Tell whether the earlier test failed that has one of the lines, if there is any."""
        if not lines or any(map(self.in_test, lines)):
            return None
        return next(
            (
                failed
                for test, failed in reversed(self._earlier)
                if any(span.has(line) for span in spans(test) for line in lines)
            ),
            None,
        )
