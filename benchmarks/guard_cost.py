"""What the async guard costs: tests with it, against those without it.

Run as `uv run python benchmarks/guard_cost.py`. It renders the template, writes the tests, and
runs them in turns with and without the guard. Only ratios of CPU times are told: the times
themselves depend on the machine. It fails where a ratio is above its limit.

Trivial tests show what a test costs, start and end of the run included. A test that awaits small
coroutines, and nothing else, shows what the guard does to code that runs: of it only the awaits
are measured.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import copier
from ground import ROOT, commands
from measuring import command, cpu, in_turns, over
from rows import Row

GOAL = 1.3
LIMIT = 1.5
AWAITS_LIMIT = 10
AWAITS = 60_000
FLOOR = "the same without the guard"
ASYNC_TEST = "async def test_{0}() -> None:\n    await asyncio.sleep(0)\n\n\n"
SYNC_TEST = "def test_{0}() -> None:\n    assert asyncio\n\n\n"
PACKAGE = """
async def increased(number: int) -> int:
    return number + 1
"""
AWAITING_TEST = f"""
import time
from pathlib import Path

from my_project.numbers import increased


async def test_awaits() -> None:
    number, before = 0, time.thread_time()
    while number < {AWAITS}:
        number = await increased(number)
    Path("took").write_text(str(time.thread_time() - before))
"""

Cost = Callable[..., float]


def cpu_seconds(project: Path, *options: str) -> float:
    """Return the CPU time of a run of the tests."""
    python = project / ".venv/bin/python"
    return cpu(command(project, python, "-m", "pytest", "-q", *options))


def await_seconds(project: Path, *options: str) -> float:
    """Return the CPU time of the awaits in a run of the tests."""
    cpu_seconds(project, *options)
    return float((project / "took").read_text())


def ratios(project: Path, tests: str, cost: Cost, rounds: int) -> list[float]:
    """Return the cost with the guard over the cost without it, of some rounds."""
    replace_tests(project, tests)
    return over(
        *in_turns(
            rounds, lambda: cost(project), lambda: cost(project, "--no-async-guard")
        )
    )


def replace_tests(project: Path, tests: str) -> None:
    """Leave a project nothing but these tests."""
    for module in project.glob("tests/test_*.py"):
        module.unlink()
    (project / "tests/test_cost.py").write_text(tests)


def trivial(test: str, count: int) -> str:
    """Return a module of trivial tests."""
    return "import asyncio\n\n\n" + "".join(map(test.format, range(count)))


def trivial_rows(project: Path, rounds: int, count: int = 1000) -> list[Row]:
    """Measure trivial tests, async ones and sync ones."""
    return [
        Row(
            f"the guard on {count:,} trivial {kind} tests",
            FLOOR,
            GOAL,
            ratios(project, trivial(test, count), cpu_seconds, rounds),
        )
        for kind, test in (("async", ASYNC_TEST), ("sync", SYNC_TEST))
    ]


def await_row(project: Path, rounds: int) -> Row:
    """Measure awaits."""
    (project / "src/my_project/numbers.py").write_text(PACKAGE)
    return Row(
        f"the guard on {AWAITS:,} awaits of a small coroutine",
        FLOOR,
        AWAITS_LIMIT,
        ratios(project, AWAITING_TEST, await_seconds, rounds),
    )


def guarded_project(folder: Path) -> Path:
    """Return a project of the working tree in its environment."""
    project = folder / "my-project"
    copier.run_copy(str(ROOT), project, defaults=True, quiet=True, vcs_ref="HEAD")
    commands.run(project, "uv", "sync", "--quiet")
    return project


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = guarded_project(Path(folder))
        rows = trivial_rows(project, given.rounds, given.tests)
        for row in [*rows, await_row(project, given.rounds)]:
            print(" | ".join(row.cells()))
            limit = max(row.goal or 0, LIMIT)
            if row.median > limit:
                sys.exit(f"That is above {limit}.")


if __name__ == "__main__":
    main()
