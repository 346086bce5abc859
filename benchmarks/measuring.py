"""Measuring two things or more in turns, so that what slows the machine down slows all of them."""

import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from ground import commands

Measured = Callable[[], float]


def in_turns(rounds: int, *measured: Measured) -> list[list[float]]:
    """Return what each gives: A B A B …, after one turn that fills the caches and does not count."""
    for one in measured:
        one()
    turns = [[one() for one in measured] for _ in range(rounds)]
    return [list(values) for values in zip(*turns, strict=True)]


def over(ours: Sequence[float], floor: Sequence[float]) -> list[float]:
    """Return the ratio of each turn to the floor's of the same round."""
    return [mine / least for mine, least in zip(ours, floor, strict=True)]


def wall(run: Callable[[], object]) -> float:
    """Return how long something takes, in seconds."""
    before = time.perf_counter()
    run()
    return time.perf_counter() - before


def cpu(run: Callable[[], object]) -> float:
    """Return the CPU time of the processes that something starts and waits for, in seconds."""
    before = spent_by_children()
    run()
    return spent_by_children() - before


def spent_by_children() -> float:
    """Return the CPU time of all processes that this one started and waited for, in seconds."""
    times = os.times()
    return times.children_user + times.children_system


def command(folder: Path, *line: str | Path) -> Callable[[], object]:
    """Return what runs a command in a folder as an owner's shell does, and fails where it fails."""
    return partial(commands.run, folder, *line)
