"""The suite of a generated project: on each Python, in any order, with plain pip, with coverage."""

from pathlib import Path

import pytest

from tests.support import checks
from tests.support.changes import append
from tests.support.projects import DEFAULT, INSTALLED, OTHERS, Render, Run, Variant
from tests.support.selection import thorough_but


@pytest.mark.parametrize("python", thorough_but(INSTALLED, INSTALLED[0]))
@pytest.mark.parametrize("answers", thorough_but([OTHERS, DEFAULT], OTHERS), ids=str)
def test_the_suite_passes_on_every_python(
    render: Render, python: str, answers: Variant
) -> None:
    """With the coverage gate; without `--all` on the oldest, test_matrix.py has the newest."""
    project = render(**answers._asdict())
    checks.suite(project, "--cov", python=python)


@pytest.mark.parametrize("seed", thorough_but(["1", "2", "3"], "1"))
@pytest.mark.parametrize("answers", thorough_but([DEFAULT, OTHERS], DEFAULT), ids=str)
def test_the_suite_passes_in_any_order(
    render: Render, run: Run, seed: str, answers: Variant
) -> None:
    """No test depends on another."""
    project = render(**answers._asdict())
    randomly = ("--with", "pytest-randomly", "pytest", "--randomly-seed", seed)
    printed = run(project, "uv", "run", "--quiet", *randomly)
    assert f"--randomly-seed={seed}" in printed
    assert set(checks.outcomes(printed)) == {"passed"}


@pytest.mark.thorough
def test_plain_pip_is_enough(
    copy: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without uv: pip installs the project and its group, and pytest is green."""
    run(copy, "uv", "venv", "--quiet", "--seed", "plain")
    python = copy / "plain" / "bin" / "python"
    monkeypatch.setenv("PIP_NO_COMPILE", "1")  # Most of it is never imported.
    run(copy, python, "-m", "pip", "install", "--quiet", "-e", ".", "--group", "dev")
    printed = run(copy, python, "-m", "pytest")
    assert set(checks.outcomes(printed)) == {"passed"}


def test_untested_code_fails_the_coverage_gate(copy: Path, run: Run) -> None:
    """A function that no test calls fails the run with coverage, and only that one."""
    untested = "\n\ndef untested() -> int:\n    return 1\n"
    append(copy / "src/my_project/errors.py", untested)
    checks.suite(copy)
    with pytest.raises(AssertionError, match="Required test coverage"):
        checks.suite(copy, "--cov")
