"""What the async guard costs: tests with it, against those without it.

Run as `uv run python benchmarks/guard_cost.py`. It renders the template, writes the tests, and
runs them in turns with and without the guard. Only ratios of CPU times are told: the times
themselves depend on the machine. It fails where a ratio is above its limit.

Trivial tests show what a test costs, start and end of the run included. A test that awaits small
coroutines, and nothing else, shows what the guard does to code that runs: of it only the awaits
are measured.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import copier

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import commands  # noqa: E402 - It lies in a folder of its own.

LIMIT = 1.5
AWAITS_LIMIT = 10
AWAITS = 60_000
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


def run(project: Path, *options: str) -> None:
    """Run the tests."""
    subprocess.run(
        [project / ".venv/bin/python", "-m", "pytest", "-q", *options],
        cwd=project,
        env=commands.environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def cpu_seconds(project: Path, *options: str) -> float:
    """Return the CPU time of a run of the tests."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(project, *options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def await_seconds(project: Path, *options: str) -> float:
    """Return the CPU time of the awaits in a run of the tests."""
    run(project, *options)
    return float((project / "took").read_text())


def ratio(project: Path, tests: str, cost: Cost, rounds: int) -> float:
    """Return the cost with the guard over the cost without it: the median of some rounds."""
    for module in project.glob("tests/test_*.py"):
        module.unlink()
    (project / "tests/test_cost.py").write_text(tests)
    pairs = [(cost(project), cost(project, "--no-async-guard")) for _ in range(rounds)]
    return statistics.median(guarded / bare for guarded, bare in pairs)


def trivial(test: str, count: int) -> str:
    """Return a module of trivial tests."""
    return "import asyncio\n\n\n" + "".join(map(test.format, range(count)))


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    suites: tuple[tuple[str, str, Cost, float], ...] = (
        (
            f"{given.tests} async tests",
            trivial(ASYNC_TEST, given.tests),
            cpu_seconds,
            LIMIT,
        ),
        (f"{AWAITS} awaits", AWAITING_TEST, await_seconds, AWAITS_LIMIT),
        (
            f"{given.tests} sync tests",
            trivial(SYNC_TEST, given.tests),
            cpu_seconds,
            LIMIT,
        ),
    )
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "my-project"
        copier.run_copy(str(ROOT), project, defaults=True, quiet=True, vcs_ref="HEAD")
        (project / "src/my_project/numbers.py").write_text(PACKAGE)
        commands.run(project, "uv", "sync", "--quiet")
        for name, tests, cost, limit in suites:
            found = ratio(project, tests, cost, given.rounds)
            print(f"{name} with the guard cost {found:.2f} times those without")
            if found > limit:
                sys.exit(f"That is above {limit}.")


if __name__ == "__main__":
    main()
