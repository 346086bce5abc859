"""What the async guard costs: trivial async tests with it, against those without it.

Run as `uv run python benchmarks/guard_cost.py`. It renders the template, writes the tests, and
runs them in turns with and without the guard. Only the ratio of CPU times within one run is
told: the times themselves depend on the machine. It fails where the ratio is above the limit.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import copier

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import commands  # noqa: E402 - It lies in a folder of its own.

LIMIT = 1.5
ASYNC_TEST = "async def test_{0}() -> None:\n    await asyncio.sleep(0)\n\n\n"
SYNC_TEST = "def test_{0}() -> None:\n    assert asyncio\n\n\n"


def cpu_seconds(project: Path, *options: str) -> float:
    """Return the CPU time of a run of the tests."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [project / ".venv/bin/python", "-m", "pytest", "-q", *options],
        cwd=project,
        env=commands.environment(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def ratio(project: Path, test: str, count: int, rounds: int) -> float:
    """Return the cost with the guard over the cost without it: the median of some rounds."""
    for module in project.glob("tests/test_*.py"):
        module.unlink()
    tests = "".join(test.format(number) for number in range(count))
    (project / "tests/test_trivial.py").write_text(f"import asyncio\n\n\n{tests}")
    pairs = [
        (cpu_seconds(project), cpu_seconds(project, "--no-async-guard"))
        for _ in range(rounds)
    ]
    return statistics.median(guarded / bare for guarded, bare in pairs)


def main() -> None:
    """Print the two ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "my-project"
        copier.run_copy(str(ROOT), project, defaults=True, quiet=True, vcs_ref="HEAD")
        commands.run(project, "uv", "sync", "--quiet")
        for name, test in (("async", ASYNC_TEST), ("sync", SYNC_TEST)):
            cost = ratio(project, test, given.tests, given.rounds)
            print(
                f"{given.tests} {name} tests with the guard cost {cost:.2f} times those without"
            )
            if cost > LIMIT:
                sys.exit(f"That is above {LIMIT}.")


if __name__ == "__main__":
    main()
