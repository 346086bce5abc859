"""The suite of a generated project: on every Python, in any order, with plain pip, with its coverage."""

from pathlib import Path

import pytest

from tests.support import checks
from tests.support.projects import DEFAULT, OTHERS, Render, Run, Variant


@pytest.mark.parametrize("answers", [DEFAULT, OTHERS], ids=str)
def test_the_suite_passes_on_every_python(
    render: Render, python: str, answers: Variant
) -> None:
    """With the coverage gate, and with mypy reading that Python's library."""
    project = render(**answers._asdict())
    checks.suite(project, "--cov", python=python)
    checks.types(project, python)


@pytest.mark.parametrize("seed", ["1", "2", "3"])
@pytest.mark.parametrize("answers", [DEFAULT, OTHERS], ids=str)
def test_the_suite_passes_in_any_order(
    render: Render, run: Run, seed: str, answers: Variant
) -> None:
    """No test leans on another."""
    project = render(**answers._asdict())
    randomly = ("--with", "pytest-randomly", "pytest", "--randomly-seed", seed)
    printed = run(project, "uv", "run", "--quiet", *randomly)
    assert f"--randomly-seed={seed}" in printed
    assert set(checks.outcomes(printed)) == {"passed"}


def test_plain_pip_is_enough(copy: Path, run: Run) -> None:
    """Without uv: pip installs the project and its group, and pytest is green."""
    run(copy, "uv", "venv", "--quiet", "--seed", "plain")
    python = copy / "plain" / "bin" / "python"
    run(copy, python, "-m", "pip", "install", "--quiet", "-e", ".", "--group", "dev")
    printed = run(copy, python, "-m", "pytest")
    assert set(checks.outcomes(printed)) == {"passed"}


def test_the_coverage_gate_closes(copy: Path, run: Run) -> None:
    """A function that no test calls fails the run with the gate, and only that one."""
    with (copy / "src/my_project/errors.py").open("a", encoding="utf-8") as module:
        module.write("\n\ndef untested() -> int:\n    return 1\n")
    checks.suite(copy)
    with pytest.raises(AssertionError, match="Required test coverage"):
        checks.suite(copy, "--cov")
