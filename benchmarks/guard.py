"""What the async guard costs: a run of trivial tests with it, over the same run without it.

Run as `uv run python -m benchmarks.guard`. The start and the end of the runs count too.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks import HEADER, Row, cpu_seconds, ratios, table
from benchmarks.copying import copying, make
from tests.support import commands

GOALS = {"async": 1.10, "sync": 1.03}
TESTS = {
    "async": "async def test_{0}() -> None:\n    await asyncio.sleep(0)\n\n\n",
    "sync": "def test_{0}() -> None:\n    assert asyncio\n\n\n",
}


def guarded_project(folder: Path) -> Path:
    """Return a project of the working tree in its environment."""
    project = folder / "my-project"
    copying(make(folder / "templates").own, project)()
    commands.run(project, "uv", "sync", "--quiet")
    return project


def replace_tests(project: Path, kind: str, count: int, before: str = "") -> None:
    """Leave a project no tests but so many trivial ones of one kind."""
    for module in project.glob("tests/test_*.py"):
        module.unlink()
    tests = "".join(map(TESTS[kind].format, range(count)))
    (project / "tests/test_trivial.py").write_text(
        f"import asyncio\n\n\n{before}{tests}"
    )


def run_tests(project: Path, *options: str) -> float:
    """Return the CPU time of a run of the tests."""
    python = project / ".venv/bin/python"
    return cpu_seconds(project, python, "-m", "pytest", "-q", *options)


def measure(project: Path, kind: str, count: int, rounds: int) -> Row:
    """Measure tests of one kind."""
    replace_tests(project, kind, count)
    found = ratios(
        rounds,
        lambda: run_tests(project),
        lambda: run_tests(project, "--no-async-guard"),
    )
    what = f"{count:,} trivial {kind} tests with the guard"
    return Row(what, "the same without the guard", GOALS[kind], found)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tests", type=int, default=1000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = guarded_project(Path(folder))
        rows = [measure(project, kind, given.tests, given.rounds) for kind in TESTS]
    print(table(HEADER, [row.cells() for row in rows], given.rounds))


if __name__ == "__main__":
    main()
