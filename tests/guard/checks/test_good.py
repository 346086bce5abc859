"""The guard leaves right code alone, and a failing test fails once."""

import re
from pathlib import Path

import pytest

from tests.guard import corpus
from tests.support import checks
from tests.support.commands import CommandError
from tests.support.projects import Run

WAYS = {
    "in random order": ("-p", "randomly"),
    "in parallel, with coverage": ("-p", "no:randomly", "-n2", "--cov"),
    "unguarded": ("-p", "no:randomly", "--no-async-guard"),
}


def assert_all_pass(
    project: Path, run: Run, *options: str, python: str | None = None
) -> None:
    """Run a project's tests: none fails, and there are many."""
    command = ("uv", "run", "--quiet", "pytest", "--cov-fail-under=0")
    printed = run(project, *command, *options, python=python)
    assert set(checks.outcomes(printed)) <= {"passed", "skipped"}, printed
    assert checks.outcomes(printed)["passed"] >= 250, printed


def test_right_code_passes(good: Path, run: Run, python: str) -> None:
    """On any loop and at any scope, in the order of the files."""
    assert_all_pass(good, run, "-p", "no:randomly", python=python)


@pytest.mark.thorough
@pytest.mark.parametrize("way", WAYS)
def test_right_code_passes_in_any_way(good: Path, run: Run, way: str) -> None:
    """Other plugins and another order change nothing, and neither does the guard."""
    assert_all_pass(good, run, *WAYS[way])


def test_a_failing_test_fails_once(good: Path, run: Run) -> None:
    """Each test ends as its name says, with its own message; what it leaves is not reported."""
    command = (
        "pytest",
        "-p",
        "no:randomly",
        "--junitxml=junit.xml",
        "tests/outcomes.py",
    )
    with pytest.raises(CommandError, match="exited with 1:") as caught:
        run(good, "uv", "run", "--quiet", *command)
    failed = corpus.failures(good / "junit.xml")
    kinds = {name: re.sub(r".*::test_([a-z]+)_.*", r"\1", name) for name in failed}
    assert {name for name, text in failed.items() if text} == {
        name for name, kind in kinds.items() if kind in {"fails", "errs"}
    }
    assert [text for text in failed.values() if " [" in text.partition("\n")[0]] == []
    outcomes, counted = checks.outcomes(str(caught.value)), [*kinds.values()]
    assert outcomes["failed"] == counted.count("fails")
    assert outcomes["errors"] == counted.count("errs")
    assert outcomes["skipped"] == counted.count("skips")
    assert outcomes["xfailed"] == counted.count("xfails")
