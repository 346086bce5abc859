"""What is measured at growing sizes: renders, the guard, an update."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from shutil import copytree, rmtree

import copier
from ground import releases
from growing import Curve, grown
from guard_cost import (
    ASYNC_TEST,
    cpu_seconds,
    guarded_project,
    replace_tests,
    trivial,
)
from measuring import command, wall
from templates import NEW, OLD, copied, updating

HELD = "HELD = [[number] for number in range({})]\n\n\n"


class Ground:
    """What is made once, for whichever curves need it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def template(self) -> Path:
        """The template with all its releases."""
        return releases.make(self.folder / "template")

    @cached_property
    def project(self) -> Path:
        """A project in its environment, which loses its tests."""
        return guarded_project(self.folder / "guarded")


def renders(on: Ground, sizes: list[int], rounds: int) -> Curve:
    """Measure what the tests of this repository do most."""

    def measured(size: int) -> float:
        def render() -> None:
            for number in range(size):
                copier.run_copy(
                    str(on.template),
                    on.folder / "renders" / str(number) / "my-project",
                    defaults=True,
                    quiet=True,
                    vcs_ref=OLD,
                )

        rmtree(on.folder / "renders", ignore_errors=True)
        return wall(render)

    return grown("renders, as the tests do", "renders", sizes, rounds, measured)


def tests(on: Ground, sizes: list[int], rounds: int) -> Curve:
    """Measure the guard on ever more tests."""

    def measured(size: int) -> float:
        replace_tests(on.project, trivial(ASYNC_TEST, size))
        return cpu_seconds(on.project)

    return grown("a guarded run", "async tests", sizes, rounds, measured)


def objects(on: Ground, sizes: list[int], rounds: int) -> Curve:
    """Measure the guard with ever more objects that live as long as the run."""

    def measured(size: int) -> float:
        replace_tests(on.project, HELD.format(size) + trivial(ASYNC_TEST, 100))
        return cpu_seconds(on.project)

    return grown("a guarded run of 100 tests", "live objects", sizes, rounds, measured)


def files(on: Ground, sizes: list[int], rounds: int) -> Curve:
    """Measure an update of a project in which its owner has ever more files."""
    starts = {}
    for size in sizes:
        starts[size] = copied(on.template, on.folder / "owners" / str(size))
        source = starts[size] / "src/more"
        source.mkdir()
        for number in range(size):
            (source / f"module_{number}.py").write_text(f"NUMBER = {number}\n")
        releases.commit(starts[size])

    def measured(size: int) -> float:
        project = on.folder / "updated"
        rmtree(project, ignore_errors=True)
        copytree(starts[size], project)
        return wall(command(project, *updating(NEW)))

    return grown(
        "an update to a new release", "files of the owner's", sizes, rounds, measured
    )


CURVES: dict[str, tuple[Callable[[Ground, list[int], int], Curve], int]] = {
    "renders": (renders, 16),
    "tests": (tests, 4000),
    "objects": (objects, 1_000_000),
    "files": (files, 4000),
}
"""Each with its largest size."""


def measure(on: Ground, name: str, scale: float, rounds: int) -> Curve:
    """Measure a curve, over sizes that double."""
    measured, largest = CURVES[name]
    last = max(8, int(largest * scale))
    return measured(on, [last // 8, last // 4, last // 2, last], rounds)
