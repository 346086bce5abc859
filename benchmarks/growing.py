"""How something grows with its size: measured in turns over the sizes, and judged by a line."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

HEADER = (
    "what",
    "against",
    "sizes",
    "times, over that of the smallest",
    "the largest over the line",
    "verdict",
)
TOLERANCE = 1.25
"""How far above the line the largest may lie. Of a cost that grows with the square, and whose
sizes double, it lies 1.7 times above it."""


@dataclass(frozen=True)
class Curve:
    """What something takes at each size."""

    what: str
    against: str
    sizes: list[int]
    rounds: list[list[float]]
    """For each size what each round took, in seconds."""

    @property
    def medians(self) -> list[float]:
        """What each size took, over what the smallest took."""
        medians = [statistics.median(values) for values in self.rounds]
        return [median / medians[0] for median in medians]

    @property
    def spread(self) -> list[list[float]]:
        """How far below and above the medians the rounds reach."""
        least = statistics.median(self.rounds[0])
        around = list(zip(self.medians, self.rounds, strict=True))
        return [
            [median - min(values) / least for median, values in around],
            [max(values) / least - median for median, values in around],
        ]

    @property
    def line(self) -> tuple[float, float]:
        """The slope and the intercept of the line through all sizes but the largest.

        It never falls: that more takes less time is chance.
        """
        fit = statistics.linear_regression(self.sizes[:-1], self.medians[:-1])
        if fit.slope < 0:
            return 0, statistics.mean(self.medians[:-1])
        return fit.slope, fit.intercept

    @property
    def over_line(self) -> float:
        """What the largest took, over what the line of the smaller ones foretells."""
        slope, intercept = self.line
        return self.medians[-1] / (slope * self.sizes[-1] + intercept)

    @property
    def linear(self) -> bool:
        """Whether it grows linearly, or better."""
        return round(self.over_line, 2) <= TOLERANCE

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table."""
        return (
            self.what,
            self.against,
            ", ".join(f"{size:,}" for size in self.sizes),
            ", ".join(f"{median:.2f}" for median in self.medians),
            f"{self.over_line:.2f}",
            "linear or better" if self.linear else "**worse than linear**",
        )


def grown(
    what: str,
    against: str,
    sizes: list[int],
    rounds: int,
    measured: Callable[[int], float],
) -> Curve:
    """Measure each size in turns: small to large, and again."""
    turns = [[measured(size) for size in sizes] for _ in range(rounds)]
    return Curve(what, against, sizes, [list(v) for v in zip(*turns, strict=True)])
