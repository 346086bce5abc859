"""What a copy, an update and the way to a green suite cost, over a template of one static file.

Run as `uv run python -m benchmarks.copying`, or with the names of some rows: copy, update, green.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree, ignore_patterns, rmtree
from typing import NamedTuple

from benchmarks import HEADER, NEW, OLD, Measure, Row, cpu_seconds, ratios, table
from tests.support import ROOT, changes, commands, releases

COPIER = (sys.executable, "-m", "copier")
OPTIONS = ("--defaults", "--quiet")
FLOOR = "the same with a template of one static file"
COPY_GOAL, UPDATE_GOAL, GREEN_GOAL = 1.75, 2.0, 1.5


class Templates(NamedTuple):
    """Two templates with two releases each."""

    own: Path
    one_file: Path


def make(folder: Path) -> Templates:
    """Make them: the working tree, and one file beside the answers, which an update needs."""
    own, one_file = folder / "own", folder / "one-file"
    own.mkdir(parents=True)
    for name in releases.COPIED:
        (copytree if (ROOT / name).is_dir() else copy)(ROOT / name, own / name)
    releases.commit(own, OLD)
    releases.improve(own)
    releases.commit(own, NEW)
    (one_file / "template").mkdir(parents=True)
    (one_file / "copier.yml").write_text("_subdirectory: template\n")
    answers = "{{ _copier_conf.answers_file }}.jinja"
    (one_file / "template" / answers).write_text("{{ _copier_answers | to_nice_yaml }}")
    for release in (OLD, NEW):
        (one_file / "template/README.md").write_text(f"# Release {release}\n")
        releases.commit(one_file, release)
    for template in (own, one_file):
        commands.run(template, "git", "gc", "--quiet")  # As a clone has it.
    return Templates(own, one_file)


def copying(template: Path, project: Path) -> Measure:
    """Return what makes a project anew, and measures that."""
    line = (*COPIER, "copy", *OPTIONS, f"--vcs-ref={OLD}", template, project)

    def measure() -> float:
        rmtree(project, ignore_errors=True)
        return cpu_seconds(template, *line)

    return measure


def updating(template: Path, project: Path, release: str, modules: int = 0) -> Measure:
    """Return what updates a project, to which its owner has added modules, and measures that."""
    start = project.with_name(f"{project.name}-start")
    copying(template, start)()
    for number in range(modules):
        changes.append(start / f"src/more/module_{number}.py", f"NUMBER = {number}\n")
    releases.commit(start)

    def measure() -> float:
        rmtree(project, ignore_errors=True)
        copytree(start, project)
        line = (*COPIER, "update", *OPTIONS, f"--vcs-ref={release}")
        return cpu_seconds(project, *line)

    return measure


def to_green(template: Path, project: Path, tests_of: Path) -> Measure:
    """Return what makes a project, its environment and a run of its tests, and measures all three.

    A project of one file cannot be tested: another one is, which has the same dependencies.
    """
    make_project = copying(template, project)

    def measure() -> float:
        used = make_project()
        tested = project
        if tests_of != project:
            tested = project.with_name("tested")
            rmtree(tested, ignore_errors=True)
            copytree(tests_of, tested)
        used += cpu_seconds(tested, "uv", "sync")
        return used + cpu_seconds(tested, "uv", "run", "pytest")

    return measure


def with_an_empty_test(made: Path, project: Path) -> Path:
    """Copy a project, with one empty test and no setting of pytest in place of its own."""
    copytree(made, project, ignore=ignore_patterns("tests"))
    (project / "tests").mkdir()
    (project / "tests/test_nothing.py").write_text("def test_nothing():\n    pass\n")
    settings = (project / "pyproject.toml").read_text("utf-8")
    before, _, after = settings.partition("[tool.pytest.ini_options]\n")
    rest = after[after.index("\n[") :]
    (project / "pyproject.toml").write_text(before + rest, "utf-8")
    return project


def copy_rows(templates: Templates, folder: Path, rounds: int) -> list[Row]:
    """Measure a copy."""
    measures = (copying(one, folder / "copied" / one.name) for one in templates)
    what = "`copier copy --defaults`"
    return [Row(what, FLOOR, COPY_GOAL, ratios(rounds, *measures))]


def update_rows(templates: Templates, folder: Path, rounds: int) -> list[Row]:
    """Measure an update that brings nothing, and one that changes every file."""
    rows = []
    for release, brings in ((OLD, "nothing new"), (NEW, "a change of every file")):
        at = folder / f"updated-{release}"
        measures = (updating(one, at / one.name, release) for one in templates)
        what = f"`copier update`, {brings}"
        rows.append(Row(what, FLOOR, UPDATE_GOAL, ratios(rounds, *measures)))
    return rows


def green_rows(templates: Templates, folder: Path, rounds: int) -> list[Row]:
    """Measure what a newcomer waits for, with warm caches."""
    at = folder / "green"
    copying(templates.own, at / "made")()
    bare = with_an_empty_test(at / "made", at / "bare")
    own = to_green(templates.own, at / "own", at / "own")
    floor = to_green(templates.one_file, at / "one-file", bare)
    what = "copy to green: `copier copy`, `uv sync`, `uv run pytest`"
    least = "a copy of one static file, the same `uv sync`, pytest on one empty test"
    return [Row(what, least, GREEN_GOAL, ratios(rounds, own, floor))]


ROWS: dict[str, Callable[[Templates, Path, int], list[Row]]] = {
    "copy": copy_rows,
    "update": update_rows,
    "green": green_rows,
}


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", help=f"of: {', '.join(ROWS)}")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        templates = make(folder)
        chosen = [ROWS[row] for row in given.rows or ROWS]
        found = [
            row for rows in chosen for row in rows(templates, folder, given.rounds)
        ]
    print(table(HEADER, [row.cells() for row in found], given.rounds))


if __name__ == "__main__":
    main()
