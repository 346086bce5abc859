"""How long everything takes, as ratios to a floor that no template could beat.

Run as `uv run python benchmarks/speed.py`: it measures all rows, and writes docs/speed.md. With
the names of some rows it measures those, and only prints them. With --tests it runs this
repository's tests too, once, which takes minutes.
"""

import argparse
import shutil
import tempfile
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import own_tests
import page
from copying import copy_rows, update_rows
from downloads import weigh
from ground import ROOT
from guard_cost import await_row, guarded_project, trivial_rows
from profiles import profile
from projects import check_rows, green_rows, installed, suite_rows
from quotes import requoted
from rows import HEADER, Row, table
from templates import Templates, make

ROUNDS = 5


class Ground:
    """What is made once, for whichever rows need it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def templates(self) -> Templates:
        """The templates that are compared."""
        return make(self.folder)

    @cached_property
    def project(self) -> Path:
        """A project in its environment."""
        return installed(self.templates, self.folder)

    @cached_property
    def guarded(self) -> Path:
        """Another, which loses its tests."""
        return guarded_project(self.folder / "guarded")

    def fresh(self, name: str) -> Path:
        """Return a copy of the project without its environment."""
        ignored = shutil.ignore_patterns(".venv", ".*_cache", "one")
        copy = self.folder / name / self.project.name
        return Path(shutil.copytree(self.project, copy, ignore=ignored))


MEASURED: dict[str, Callable[[Ground, int], list[Row]]] = {
    "copy": lambda on, rounds: copy_rows(on.templates, on.folder, rounds),
    "update": lambda on, rounds: update_rows(on.templates, on.folder, rounds),
    "green": lambda on, rounds: green_rows(on.templates, on.folder, rounds),
    "suite": lambda on, rounds: suite_rows(on.project, rounds),
    "checks": lambda on, rounds: check_rows(on.project, rounds),
    "guard": lambda on, rounds: [
        *trivial_rows(on.guarded, rounds),
        await_row(on.guarded, rounds),
    ],
}


def main() -> None:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", help=f"of: {', '.join(MEASURED)}")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--tests", action="store_true", help="this repository's, too")
    parser.add_argument("--page", type=Path, default=page.PAGE)
    given = parser.parse_args()
    if not given.rows and given.page == page.PAGE and given.rounds < ROUNDS:
        parser.error(f"the page takes {ROUNDS} rounds or more: give another --page")
    if unknown := set(given.rows) - MEASURED.keys():
        parser.error(f"no such rows: {', '.join(sorted(unknown))}")
    measured = {name: MEASURED[name] for name in given.rows or MEASURED}
    with tempfile.TemporaryDirectory() as folder:
        on = Ground(Path(folder))
        rows = []
        for measure in measured.values():
            found = measure(on, given.rounds)
            print(table(HEADER, [row.cells() for row in found]), flush=True)
            rows += found
        tests = own_tests.measure(on.folder / "accounts") if given.tests else ""
        print(tests)
        if not given.rows:
            write(given.page, rows, on, given.rounds)
            if tests:
                page.fill(given.page, "tests", tests)


def write(to: Path, rows: list[Row], on: Ground, rounds: int) -> None:
    """Write the page, and what the README quotes of it."""
    cells = [row.cells() for row in rows]
    page.fill(to, "ratios", f"{page.machine(rounds)}\n{table(HEADER, cells)}")
    page.fill(to, "profile", profile(on.templates, on.folder))
    page.fill(to, "downloads", weigh(on.fresh("weighed"), on.project.name))
    if to == page.PAGE:
        readme = ROOT / "README.md"
        readme.write_text(requoted(readme.read_text("utf-8"), cells), "utf-8")


if __name__ == "__main__":
    main()
