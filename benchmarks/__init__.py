"""Benchmarks: CPU times as ratios to a floor, printed as tables for docs/maintaining/performance.md.

CPU time is what a command and all the processes that it waits for use: other work on the machine
disturbs it less than time by the clock.
"""

import datetime
import os
import platform
import statistics
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from tests.support import commands, releases

OLD, NEW = releases.WORKING_TREE, releases.TOMORROW
"""The working tree as a release, and a later release that changes every file."""

Measure = Callable[[], float]


class Row(NamedTuple):
    """A row of a table: the ratio of each round."""

    what: str
    floor: str
    goal: float
    ratios: list[float]

    def cells(self) -> list[str]:
        """Return the row as it stands in the table."""
        median = round(statistics.median(self.ratios), 2)
        spread = f"{min(self.ratios):.2f} to {max(self.ratios):.2f}"
        verdict = "met" if median <= self.goal else "**missed**"
        goal, measured = f"{self.goal:.2f} ×", f"{median:.2f} × ({spread})"
        return [self.what, self.floor, goal, measured, verdict]


HEADER = ("what", "floor", "goal", "median (lowest to highest)", "verdict")


def table(header: Sequence[str], rows: Sequence[Sequence[str]], rounds: int) -> str:
    """Return a table in Markdown, below a line that says when and on what it was measured."""
    today = datetime.datetime.now(datetime.UTC).date()
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("uv", "copier", "pytest")
    )
    lines = [header, ["---"] * len(header), *rows]
    return (
        f"Measured on {today}, rounds: {rounds}, on {os.cpu_count()} cores with {platform.system()}, "
        f"Python {platform.python_version()}, {packages}.\n\n"
        + "".join(f"| {' | '.join(line)} |\n" for line in lines)
    )


def interleaved(rounds: int, *measures: Measure) -> list[list[float]]:
    """Return the values of each measure, taken as A B A B …, so that load disturbs all alike.

    The first round fills caches and does not count, unless it is the only one.
    """
    taken = [[measure() for measure in measures] for _ in range(rounds + 1)]
    return [list(values) for values in zip(*taken[1:] or taken, strict=True)]


def ratios(rounds: int, measured: Measure, floor: Measure) -> list[float]:
    """Return the ratio of each round."""
    values = zip(*interleaved(rounds, measured, floor), strict=True)
    return [value / least for value, least in values]


def cpu_seconds(folder: Path, *command: str | Path) -> float:
    """Return the CPU time of a command in a folder; raise an error if it fails."""
    before = os.times()
    commands.run(folder, *command)
    after = os.times()
    used = after.children_user - before.children_user
    return used + after.children_system - before.children_system
