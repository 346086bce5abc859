"""The rows of the table: what was measured, against what, and whether it meets its goal."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

HEADER = ("what", "floor", "goal", "median (lowest to highest)", "verdict")


@dataclass(frozen=True)
class Row:
    """One row."""

    what: str
    floor: str
    goal: float | None
    values: list[float]
    """What each round gave: a ratio, unless the unit says otherwise."""

    unit: str = "×"
    digits: int = 2

    @property
    def median(self) -> float:
        """The median, to the digits that the table shows, so that it can be judged from there."""
        return round(statistics.median(self.values), self.digits)

    @property
    def met(self) -> bool:
        """Whether the median is within the goal."""
        return self.goal is None or self.median <= self.goal

    def cells(self) -> tuple[str, ...]:
        """Return the row as it stands in the table."""
        low, high = (self._shown(end(self.values)) for end in (min, max))
        return (
            self.what,
            self.floor,
            "" if self.goal is None else f"{self.goal:g} {self.unit}",
            f"{self._shown(self.median)} {self.unit} ({low} to {high})",
            self._verdict(),
        )

    def _verdict(self) -> str:
        if self.goal is None:
            return "reported"
        return "met" if self.met else "**missed**"

    def _shown(self, value: float) -> str:
        return f"{value:.{self.digits}f}"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
