"""The async guard raises no false alarm: good code passes, and a failing test fails once."""

import re
from pathlib import Path
from shutil import copy, copytree

import pytest

from tests.guard import corpus
from tests.support import checks
from tests.support.commands import CommandError
from tests.support.projects import Run

WELL_BEHAVED = Path(__file__).parent / "well_behaved"
WAYS = {
    "in order": ("-p", "no:randomly"),
    "in any order": ("-p", "randomly"),
    "in parallel": ("-n2",),
    "with coverage": ("-p", "no:randomly", "--cov"),
    "unguarded": ("--no-async-guard",),
}


@pytest.fixture
def well_behaved(scratch: Path) -> Path:
    """A project with the tests under tests/well_behaved/, and the code that they need."""
    for module in WELL_BEHAVED.glob("test_*.py"):
        copy(module, scratch / "tests")
    copytree(WELL_BEHAVED / "loops", scratch / "tests/loops")
    for name in ("cancelling.py", "well_behaved.py"):
        copy(WELL_BEHAVED / name, scratch / "src/my_project")
    copy(WELL_BEHAVED / "outcomes.py", scratch / "tests/outcomes.py")
    return scratch


def all_pass(project: Path, run: Run, *options: str, python: str | None = None) -> None:
    """Run a project's tests: none fails, and there are many."""
    pytest_ = ("uv", "run", "--quiet", "pytest")
    printed = run(project, *pytest_, *options, python=python)
    assert set(checks.outcomes(printed)) <= {"passed", "skipped"}, printed
    assert checks.outcomes(printed)["passed"] >= 250, printed


def test_good_code_passes(well_behaved: Path, run: Run, python: str) -> None:
    """What is done right is no mistake, on any loop and at any scope."""
    all_pass(well_behaved, run, "-v", *WAYS["in order"], python=python)


@pytest.mark.parametrize("way", [way for way in WAYS if way != "in order"])
def test_good_code_passes_in_any_way(well_behaved: Path, run: Run, way: str) -> None:
    """Other plugins, and another order, change nothing."""
    all_pass(well_behaved, run, *WAYS[way], "--cov-fail-under=0")


def test_a_failing_test_fails_once(well_behaved: Path, run: Run, python: str) -> None:
    """Each test ends as its name says, with its own message; what it leaves is nobody's mistake."""
    command = (
        "pytest",
        "-p",
        "no:randomly",
        "--junitxml=said.xml",
        "tests/outcomes.py",
    )
    with pytest.raises(CommandError, match="exited with 1:") as caught:
        run(well_behaved, "uv", "run", "--quiet", *command, python=python)
    said = corpus.verdicts(well_behaved / "said.xml")
    kinds = {name: re.sub(r".*::test_([a-z]+)_.*", r"\1", name) for name in said}
    failed = {name for name, text in said.items() if text}
    assert failed == {name for name, kind in kinds.items() if kind in {"fails", "errs"}}
    assert [text for text in said.values() if " [" in text.partition("\n")[0]] == []

    counted = [*kinds.values()]
    outcomes = checks.outcomes(str(caught.value))
    assert outcomes["failed"] == counted.count("fails")
    assert outcomes["errors"] == counted.count("errs")
    assert outcomes["skipped"] == counted.count("skips")
    assert outcomes["xfailed"] == counted.count("xfails")
