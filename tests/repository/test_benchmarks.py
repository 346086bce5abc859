"""The benchmarks judge what they measured; test_pages.py types the commands that run them."""

import sys
from pathlib import Path

import pytest

from benchmarks import Row, cpu_seconds, interleaved
from benchmarks.growth import Curve
from tests.support.commands import CommandError

SIZES = [1000, 2000, 4000, 8000]


def test_measures_are_interleaved() -> None:
    """The first round fills caches, and does not count."""
    order: list[str] = []

    def measured(name: str, seconds: float) -> float:
        order.append(name)
        return seconds + (len(order) <= 2)

    own, floor = interleaved(3, lambda: measured("A", 2), lambda: measured("B", 1))
    assert order == ["A", "B"] * 4
    assert (own, floor) == ([2, 2, 2], [1, 1, 1])


@pytest.mark.parametrize(("ratio", "verdict"), [(1.1, "met"), (1.11, "**missed**")])
def test_a_goal_can_be_missed(ratio: float, verdict: str) -> None:
    """The median decides."""
    row = Row("it", "nothing", 1.10, [1, ratio, 9])
    assert row.cells()[-1] == verdict


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    """It would be fast."""
    with pytest.raises(CommandError):
        cpu_seconds(tmp_path, sys.executable, "-c", "raise SystemExit(1)")


@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [
        ([1, 2, 4, 8], "met"),
        ([10, 11, 12, 13], "met"),
        ([1, 4, 16, 64], "**missed**"),
        ([5, 5.4, 7, 13.4], "**missed**"),
        ([1, 0.9, 0.8, 4], "**missed**"),
    ],
)
def test_growth_is_judged(seconds: list[float], verdict: str) -> None:
    """A cost that grows like a line, or less, passes; one that grows with the square does not."""
    curve = Curve("it", SIZES, [[one] * 3 for one in seconds])
    assert curve.cells()[-1] == verdict
