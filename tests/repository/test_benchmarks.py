"""The benchmarks measure, judge what they measured, and write pages that claim nothing else."""

import json
import re
import sys
from pathlib import Path

import accounting
import own_tests
import page
import pytest
from copying import compared
from downloads import REASONS, Package, closure
from growing import Curve
from measuring import command, in_turns
from quotes import QUOTED, quote, requoted
from rows import Row

from tests.support import ROOT
from tests.support.checks import expected_dependencies
from tests.support.commands import CommandError, run
from tests.support.projects import DEFAULT

BENCHMARKS = ROOT / "benchmarks"
PAGE = (ROOT / "docs/speed.md").read_text("utf-8")
SIZES = [1000, 2000, 4000, 8000]


def judged(*seconds: float) -> list[str]:
    """Return the verdicts on ours, on the part of it that this template adds, and on Copier's."""
    rows = compared("it", "least", 1.3, [[one] * 3 for one in seconds])
    return [row.cells()[-1] for row in rows]


def test_all_take_turns() -> None:
    """What slows one down slows the others down, and what fills a cache does not count."""
    order: list[str] = []

    def measured(name: str, seconds: float) -> float:
        order.append(name)
        return seconds

    ours, floor = in_turns(3, lambda: measured("A", 2), lambda: measured("B", 1))
    assert order == ["A", "B"] * 4
    assert (ours, floor) == ([2, 2, 2], [1, 1, 1])


@pytest.mark.parametrize(
    ("ours", "verdicts"),
    [(1.2, ["met", "met"]), (2.2, ["**missed**", "met"]), (3, ["**missed**"] * 2)],
)
def test_a_goal_can_be_missed(ours: float, verdicts: list[str]) -> None:
    """Ours is too slow, or only together with what Copier takes for so many files."""
    same_files = 1 if ours == 1.2 else 2
    assert judged(ours, 1, same_files) == [*verdicts, "reported"]


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    """It would be fast."""
    with pytest.raises(CommandError):
        command(tmp_path, sys.executable, "-c", "raise SystemExit(1)")()


@pytest.mark.parametrize(
    ("times", "linear"),
    [
        ([1, 2, 4, 8], True),
        ([10, 11, 12, 13], True),
        ([1, 4, 16, 64], False),
        ([5, 5.4, 7, 13.4], False),
        ([1, 0.9, 0.8, 4], False),
    ],
)
def test_growth_is_judged(times: list[float], linear: bool) -> None:
    """What grows like a line, or less, passes; what grows with the square does not."""
    curve = Curve("it", "files", SIZES, [[time] * 3 for time in times])
    assert curve.linear == linear
    assert ("worse" in curve.cells()[-1]) != linear


def test_the_rows_are_measured() -> None:
    """The script measures with real copies of real templates."""
    line = (sys.executable, BENCHMARKS / "speed.py", "--rounds=1", "copy")
    printed = run(ROOT, *line)
    rows = re.findall(
        r"^\| .* \| (\d+\.\d+) × \(\1 to \1\) \| (\S+) \|$", printed, re.MULTILINE
    )
    assert [verdict in ("met", "**missed**") for _, verdict in rows] == [
        True,
        True,
        False,
    ]


def test_the_page_is_not_written_from_few_rounds() -> None:
    """What stands there is a median of five."""
    few = (sys.executable, BENCHMARKS / "speed.py", "--rounds=4")
    with pytest.raises(CommandError, match="takes 5 rounds or more"):
        run(ROOT, *few)


def test_the_growth_is_measured(tmp_path: Path) -> None:
    """The script measures with real runs of real projects."""
    measuring = (
        "import pathlib, sys; from curves import Ground, measure;"
        "print(measure(Ground(pathlib.Path(sys.argv[1])), 'objects', 0, 1).cells())"
    )
    printed = run(BENCHMARKS, sys.executable, "-c", measuring, tmp_path)
    assert re.search(r"'1, 2, 4, 8', '1\.00(, \d\.\d\d){3}'", printed), printed


def test_the_same_growth_is_drawn_the_same(tmp_path: Path) -> None:
    """The image changes only with the numbers, has no date, and is small."""
    drawing = (
        "import sys, pathlib; from growing import Curve; from plot import draw;"
        "curves = [Curve('it', 'files', [1, 2, 4, 8], [[1.0], [2.0], [4.0], [8.0]])] * 4;"
        "[draw(curves, pathlib.Path(path)) for path in sys.argv[1:]]"
    )
    images = [tmp_path / "first.svg", tmp_path / "second.svg"]
    line = ("uv", "run", "--quiet", "--isolated", "--directory", BENCHMARKS)
    run(ROOT, *line, "--only-group=benchmarks", "python", "-c", drawing, *images)
    first, second = (image.read_bytes() for image in images)
    assert first == second
    assert b"date" not in first
    assert len(first) < 60_000


def test_a_part_of_a_page_is_replaced(tmp_path: Path) -> None:
    """A new measurement takes the place of the old one, and of nothing else."""
    written = tmp_path / "page.md"
    begin, end = page.markers("ratios")
    written.write_text(f"Before.\n{begin}{end}After.\n")
    for value in ("1.10", "1.20"):
        page.fill(written, "ratios", f"| what |\n| --- |\n| {value} |")
    text = written.read_text("utf-8")
    assert page.cells(text, "ratios") == [["1.20"]]
    assert (text.startswith("Before.\n"), text.endswith("After.\n")) == (True, True)
    with pytest.raises(page.PageError):
        page.fill(written, "growth", "")


COMMANDS = """
import subprocess, sys

def test_commands():
    for command in (["git", "--version"], [sys.executable, "-c", "sum(range(10**6))"]):
        subprocess.run(command, check=True)

def test_a_failing_command():
    subprocess.run(["git", "no-such-command"], check=True)
"""


def test_the_cpu_time_of_commands_is_noted(tmp_path: Path) -> None:
    """By the program that each runs, be it successful or not."""
    (tmp_path / "test_commands.py").write_text(COMMANDS)
    accounts = ("-p", "accounting", f"--accounts={tmp_path}")
    line = (sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-n2")
    with pytest.raises(CommandError, match="1 failed, 1 passed"):
        run(ROOT, *line, *accounts, tmp_path / "test_commands.py")
    files = [json.loads(file.read_text()) for file in tmp_path.glob("*.json")]
    noted = [note for file in files for note in file]
    assert sorted(kind for kind, _ in noted) == ["git", "git", accounting.OTHERS]
    assert all(seconds > 0 for kind, seconds in noted if kind == accounting.OTHERS)


def test_all_of_the_cpu_time_is_shared_out() -> None:
    """What no command takes, the tests take themselves."""
    found = own_tests.shares([("git", 1), ("mypy", 4), ("git", 2)], 10)
    assert [(kind, share) for kind, _, share in found] == [
        ("mypy", "40%"),
        ("git", "30%"),
        (own_tests.OWN, "30%"),
    ]


def test_the_page_judges_by_its_own_numbers() -> None:
    """Each verdict follows from the median and the goal that stand beside it."""
    rows = page.cells(PAGE, "ratios")
    assert QUOTED.keys() <= {row[0] for row in rows}
    rows += [row for row in page.cells(PAGE, "tests") if len(row) == len(rows[0])]
    assert any(goal == "5 min" for _, _, goal, *_ in rows)
    for what, floor, goal, measured, verdict in rows:
        numbers = [float(value) for value in re.findall(r"-?\d+\.\d+", measured)]
        median, lowest, highest = numbers
        assert lowest <= median <= highest
        limit = float(goal.split()[0]) if goal else None
        assert verdict == Row(what, floor, limit, [median]).cells()[-1], what


def test_the_page_judges_growth_by_its_own_numbers() -> None:
    """Each verdict follows from the times that stand beside it."""
    rows = page.cells(PAGE, "growth")
    assert len(rows) == 4
    for what, against, *columns, over, verdict in rows:
        sizes, times = (
            [float(n.replace(",", "")) for n in c.split(", ")] for c in columns
        )
        curve = Curve(what, against, [int(s) for s in sizes], [[t] for t in times])
        assert curve.over_line == pytest.approx(float(over), abs=0.05)
        assert verdict == (
            "linear or better" if float(over) <= 1.25 else "**worse than linear**"
        )


def test_the_readme_quotes_the_page() -> None:
    """What the README says of speed is what the page says, and follows it."""
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = page.cells(PAGE, "ratios")
    assert quote(rows) in readme.splitlines()
    others = [[*row[:3], "9.99 × (9 to 10)", row[4]] for row in rows]
    assert requoted(readme, others).count("9.99 ×") == len(QUOTED)


def test_each_dependency_has_its_reason() -> None:
    """What is downloaded stands on the page, and why."""
    expected = expected_dependencies({**DEFAULT._asdict(), "uvloop": False})
    asked = set[str]().union(*expected.values()) | {"flit_core"}
    assert set(REASONS) == asked
    assert {row[0]: row[1] for row in page.cells(PAGE, "downloads")} == REASONS


def test_what_a_package_brings_along_is_counted_once() -> None:
    """Two ways to a package are one package."""
    needs = {"a": "bc", "b": "d", "c": "d", "d": "", "e": "d"}
    packages = {name: Package(1, frozenset(more)) for name, more in needs.items()}
    assert closure(packages, "a") == {"a", "b", "c", "d"}
