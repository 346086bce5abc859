"""The rows of a generated project: from nothing to green, its suite, and all of its checks."""

import re
import statistics
import xml.etree.ElementTree as ET
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

import yaml
from copying import compared
from ground import commands, releases
from measuring import Measured, command, in_turns, over, wall
from rows import Row
from templates import OLD, Templates, copying

EMPTY_TEST = "async def test_nothing() -> None:\n    pass\n"
PYTEST_TABLE = re.compile(
    r"^\[tool\.pytest\.ini_options\]\n.*?(?=^\[)", re.MULTILINE | re.DOTALL
)
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache")
ALL_CHECKS = "uv run prek run --all-files --hook-stage pre-push"


def green_rows(templates: Templates, folder: Path, rounds: int) -> list[Row]:
    """Measure what a newcomer waits for: a copy, its environment, its tests."""
    made = releases.Template(templates.ours, folder / "green-made").made(OLD)

    def timed(template: Path) -> Measured:
        at = folder / "green" / template.name

        def measured() -> float:
            rmtree(at, ignore_errors=True)
            at.mkdir(parents=True)
            project = at / "my-project"
            took = wall(command(folder, *copying(template, project, OLD)))
            if template != templates.ours:
                project = with_an_empty_test(made, at / "bare")
            return (
                took
                + wall(command(project, "uv", "sync"))
                + wall(command(project, "uv", "run", "pytest"))
            )

        return measured

    return compared(
        "copy to green, warm caches: `copier copy`, `uv sync`, `uv run pytest`",
        "a copy of one static file, the same `uv sync`, pytest on one empty test",
        1.25,
        in_turns(rounds, *map(timed, templates)),
    )


def with_an_empty_test(made: Path, project: Path) -> Path:
    """Copy a project, with one empty test in place of its own and of pytest's settings."""
    copytree(made, project, ignore=ignore_patterns("tests"))
    (project / "tests").mkdir()
    (project / "tests/test_nothing.py").write_text("def test_nothing():\n    pass\n")
    settings = (project / "pyproject.toml").read_text("utf-8")
    (project / "pyproject.toml").write_text(PYTEST_TABLE.sub("", settings), "utf-8")
    return project


def suite_rows(project: Path, rounds: int) -> list[Row]:
    """Measure the generated suite: what a test takes on average, and the slowest one."""
    (project / "one").mkdir(exist_ok=True)
    (project / "one/test_nothing.py").write_text(EMPTY_TEST)
    report = project / "one/report.xml"
    python = project / ".venv/bin/python"
    each: list[list[float]] = []

    def suite() -> float:
        took = wall(command(project, python, "-m", "pytest", f"--junitxml={report}"))
        cases = ET.parse(report).iter("testcase")
        each.append([float(case.get("time", 0)) * 1000 for case in cases])
        return took

    empty = command(project, python, "-m", "pytest", "one")
    whole, one = in_turns(rounds, suite, lambda: wall(empty))
    tests = len(each[0])
    slowest = [statistics.median(times) for times in zip(*each[1:], strict=True)]
    more = [(w - o) * 1000 / tests for w, o in zip(whole, one, strict=True)]
    floor = "one empty async test under the same plugins"
    last = max(range(tests), key=lambda test: slowest[test])
    return [
        Row(
            f"the generated suite, each of its {tests} tests on average",
            f"{floor}, with the start of pytest",
            10,
            more,
            "ms",
            1,
        ),
        Row(
            "the slowest of them, its fixtures included",
            "none",
            100,
            [times[last] for times in each[1:]],
            "ms",
            1,
        ),
    ]


def check_rows(project: Path, rounds: int) -> list[Row]:
    """Measure all checks in one command against the slowest of them alone."""
    hooks = yaml.safe_load((project / ".pre-commit-config.yaml").read_text("utf-8"))
    single = [hook["entry"] for hook in hooks["repos"][0]["hooks"]]
    releases.commit(project)

    def timed(line: str, *, cold: bool) -> Measured:
        def measured() -> float:
            for cache in CACHES if cold else ():
                rmtree(project / cache, ignore_errors=True)
            return wall(command(project, *line.split()))

        return measured

    rows = []
    for cold in (True, False):
        lines = [timed(line, cold=cold) for line in (ALL_CHECKS, *single)]
        together, *alone = in_turns(rounds, *lines)
        slowest = max(alone, key=statistics.median)
        rows.append(
            Row(
                f"all checks in one command, {'cold' if cold else 'warm'} caches of mypy and ruff",
                f"the slowest alone, `{single[alone.index(slowest)]}`",
                1.5,
                over(together, slowest),
            )
        )
    return rows


def installed(templates: Templates, folder: Path) -> Path:
    """Return a project of ours in its environment."""
    project = folder / "installed" / "my-project"
    project.parent.mkdir(exist_ok=True)
    command(folder, *copying(templates.ours, project, OLD))()
    commands.run(project, "uv", "sync", "--quiet")
    return project
