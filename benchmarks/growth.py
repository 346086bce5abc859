"""How the cost grows: of the guard with tests and with live objects, of an update with owners' files.

Run as `uv run python -m benchmarks.growth`, or with the names of some curves: tests, objects, files.
"""

import argparse
import statistics
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from benchmarks import NEW, Measure, interleaved, table
from benchmarks.copying import make, updating
from benchmarks.guard import guarded_project, replace_tests, run_tests

Measured = Callable[[int], float]
"""What measures the cost at a size."""

HEADER = (
    "what",
    "sizes",
    "cost, over that of the smallest",
    "over the line",
    "goal",
    "verdict",
)
GOAL = 1.25
"""How far above the line through the smaller sizes the largest may lie.

The sizes double: a cost that grows with the square lies 1.7 times above it.
"""


class Curve(NamedTuple):
    """What something costs at each size, in each round."""

    what: str
    sizes: list[int]
    seconds: list[list[float]]

    def costs(self) -> list[float]:
        """Return the median of each size, over that of the smallest."""
        medians = [statistics.median(rounds) for rounds in self.seconds]
        return [median / medians[0] for median in medians]

    def over_line(self) -> float:
        """Return the cost of the largest size over what the line through the others gives.

        The line never falls: that more costs less is chance.
        """
        *smaller, largest = self.costs()
        fit = statistics.linear_regression(self.sizes[:-1], smaller)
        if fit.slope < 0:
            return largest / statistics.mean(smaller)
        return largest / (fit.slope * self.sizes[-1] + fit.intercept)

    def cells(self) -> list[str]:
        """Return the row of the table."""
        over = round(self.over_line(), 2)
        sizes = ", ".join(f"{size:,}" for size in self.sizes)
        costs = ", ".join(f"{cost:.2f}" for cost in self.costs())
        verdict = "met" if over <= GOAL else "**missed**"
        return [self.what, sizes, costs, f"{over:.2f} ×", f"{GOAL} ×", verdict]


def tests(folder: Path) -> Measured:
    """Measure the guard on async tests."""
    project = guarded_project(folder)

    def measured(size: int) -> float:
        replace_tests(project, "async", size)
        return run_tests(project)

    return measured


def objects(folder: Path) -> Measured:
    """Measure the guard with objects that live as long as the run."""
    project = guarded_project(folder)

    def measured(size: int) -> float:
        held = f"HELD = [[number] for number in range({size})]\n\n\n"
        replace_tests(project, "async", 100, held)
        return run_tests(project)

    return measured


def files(folder: Path) -> Measured:
    """Measure an update of a project in which its owner has added files."""
    template = make(folder).own

    @cache
    def update(size: int) -> Measure:
        return updating(template, folder / f"project-{size}", NEW, size)

    return lambda size: update(size)()


CURVES: dict[str, tuple[str, Callable[[Path], Measured], int]] = {
    "tests": ("a guarded run, by async tests", tests, 4000),
    "objects": ("a guarded run of 100 tests, by live objects", objects, 1_000_000),
    "files": ("an update to a new release, by the owner's files", files, 4000),
}
"""What each curve is of, what measures it, and its largest size."""


def measure(name: str, folder: Path, scale: float, rounds: int) -> Curve:
    """Measure a curve, over sizes that double."""
    what, prepare, largest = CURVES[name]
    (folder / name).mkdir()
    measured = prepare(folder / name)
    last = max(8, int(largest * scale))
    sizes = [last // 8, last // 4, last // 2, last]
    measures = [partial(measured, size) for size in sizes]
    return Curve(what, sizes, interleaved(rounds, *measures))


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("curves", nargs="*", help=f"of: {', '.join(CURVES)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1, help="of the sizes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        curves = [
            measure(name, Path(folder), given.scale, given.rounds)
            for name in given.curves or CURVES
        ]
    print(table(HEADER, [curve.cells() for curve in curves], given.rounds))


if __name__ == "__main__":
    main()
