"""The mistakes that were found since the last test, each once."""

from collections.abc import Iterable

from .mistakes import Line, Mistake, OwnCode


class Findings:
    """Collects mistakes, from whatever thread finds them, until the test is judged."""

    def __init__(self, own: OwnCode, off: frozenset[str]) -> None:
        self.own = own
        self.off = off
        """The checks that nobody wants now."""
        self.test: Line | None = None
        """Where the running test begins: the place of what has no better one."""
        self.test_end = 0
        """The last line of the running test."""
        self.for_many_tests = False
        """Whether what is opened or started now belongs to more than one test."""
        self._found: dict[tuple[str, Line | None, str], Mistake] = {}

    def add(self, check: str, what: str, mend: str, lines: Iterable[Line] = ()) -> None:
        """Note a mistake at the innermost of the lines that is the project's own."""
        if check in self.off:
            return
        where = self.own.innermost(lines)
        same = (check, where, "" if where else what)
        self._found.setdefault(same, Mistake(check, what, where or self.test, mend))

    def in_test(self, line: Line | None) -> bool:
        """Tell whether a line is one of the running test itself."""
        if line is None or self.test is None:
            return False
        return line[0] == self.test[0] and self.test[1] <= line[1] <= self.test_end

    def has(self, check: str) -> bool:
        """Tell whether a check has found something."""
        return any(found == check for found, _, _ in self._found)

    def take(self) -> list[Mistake]:
        """Return what was found, and forget it."""
        found, self._found = self._found, {}
        placed = {check for check, where, _ in found if where}
        return [
            mistake
            for (check, where, _), mistake in found.items()
            if where or check not in placed  # Else it is most likely a consequence.
        ]
