"""The generated project in use: Pythons, orders, pip, and what its README says."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import checks
import pytest
from commands import CommandError
from conftest import Run


def test_the_suite_passes_on_every_python(copy: Path, run: Run, python: str) -> None:
    """With the coverage gate, and with mypy reading that Python's library."""
    checks.suite(copy, "--cov", python=python)
    run(copy, "uv", "run", "--quiet", "mypy", python=python)


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_the_suite_passes_in_any_order(project: Path, run: Run, seed: str) -> None:
    """No test leans on another."""
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


def readme(project: Path) -> str:
    """Return the project's README."""
    return (project / "README.md").read_text("utf-8")


def test_the_readme_s_program_runs(project: Path, run: Run) -> None:
    """The first block of Python is a whole program, and prints what the README says."""
    text = readme(project)
    program = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    printed = re.search(r"It prints `(.*?)`", text)
    assert program
    assert printed
    output = run(
        project, "uv", "run", "--quiet", "python", "-W", "error", "-c", program[1]
    )
    assert output == f"{printed[1]}\n"


def test_the_readme_s_patterns_are_tests_that_pass(project: Path) -> None:
    """Each of the eight patterns leads to a test of that name."""
    rows = list(rows_of(project, "pattern"))
    assert len(rows) == 8
    tests = [code for row in rows for code in codes(row[1]) if "::" in code]
    assert len(tests) >= 8
    missing = [name for name in tests if not defines(project, *name.split("::"))]
    assert missing == []


def test_the_readme_s_practices_name_what_is_there(project: Path) -> None:
    """Each of the six practices leads to a file or a setting of the project."""
    rows = list(rows_of(project, "practice"))
    assert len(rows) == 6
    named = {code for row in rows for code in codes(row[1]) if "." in code}
    assert named
    assert [name for name in named if not (project / name).is_file()] == []


def test_no_module_mixes_async_and_sync_tests(project: Path) -> None:
    """Practice six, held by the samples themselves."""
    kinds = {
        path.name: kinds_of_tests(path) for path in project.glob("tests/test_*.py")
    }
    assert set().union(*kinds.values()) == {"async def", "def"}
    assert [name for name, kind in kinds.items() if len(kind) != 1] == []


def kinds_of_tests(module: Path) -> set[str]:
    """Return how the tests of a module are defined."""
    return set(
        re.findall(r"^(async def|def) test_", module.read_text("utf-8"), re.MULTILINE)
    )


def rows_of(project: Path, first_heading: str) -> Iterator[list[str]]:
    """Yield the rows of the README's table whose first column has that heading."""
    table = readme(project).split(f"\n| {first_heading} |", 1)[1].split("\n\n", 1)[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def codes(cell: str) -> list[str]:
    """Return what a cell of a table sets as code."""
    return re.findall(r"`([^`]+)`", cell)


def defines(project: Path, file: str, name: str) -> bool:
    """Tell whether a file defines a test of that name."""
    return f"def {name}(" in (project / file).read_text("utf-8")


class Sample(NamedTuple):
    """A row of the README's table: what belongs to one sample."""

    files: list[str]
    names: list[str]
    classes: list[str]
    fixtures: list[str]
    dependencies: list[str]


SAMPLES = ["HTTP client", "Database", "Stream"]


@pytest.mark.parametrize(
    "names",
    [*([sample] for sample in SAMPLES), SAMPLES[:2], SAMPLES],
    ids=" and ".join,
)
def test_a_sample_can_be_taken_out(copy: Path, run: Run, names: list[str]) -> None:
    """Doing what the README says, and no more, leaves a project with nothing to mend."""
    rows = {row[0]: row[1:] for row in rows_of(copy, "sample")}
    assert list(rows) == SAMPLES
    for name in names:
        take_out(copy, Sample(*(codes(cell) for cell in rows[name])))
    run(copy, "uv", "run", "--quiet", "ruff", "check", "--fix")
    run(copy, "uv", "run", "--quiet", "ruff", "format")
    assert "passed" in run(copy, "uv", "run", "--quiet", "pytest", "--cov")
    run(copy, "uv", "run", "--quiet", "mypy")


def take_out(project: Path, sample: Sample) -> None:
    """Delete what belongs to one sample, and nothing else."""
    init, errors = (
        next(project.glob(f"src/*/{name}.py")) for name in ("__init__", "errors")
    )
    for file in sample.files:
        (project / file).unlink()
    for name in sample.names:
        remove(init, rf'^    "{name}",\n')
        remove(init, rf"(?<= )\b{name}\b(, |$)")
    remove(init, r"^from \.\w+ import \n|, $", times=None)
    for name in sample.classes:
        remove(errors, rf"^class {name}\((.|\n)*?(?=\n\n\n|\Z)")
    for name in sample.fixtures:
        remove(
            project / "tests/conftest.py",
            rf"^@pytest\.fixture\n(async )?def {name}\((.|\n)*?(?=\n\n\n|\Z)",
        )
    for name in sample.dependencies:
        remove(project / "pyproject.toml", rf'^    "{name}[^"]*",\n')


def remove(file: Path, pattern: str, times: int | None = 1) -> None:
    """Remove what matches the pattern, which must be so many places."""
    text, count = re.subn(pattern, "", file.read_text("utf-8"), flags=re.MULTILINE)
    assert times is None or count == times, (file, pattern)
    file.write_text(text, "utf-8")


def with_contract(project: Path) -> Path:
    """Add tests/contract.py to the tests of a project."""
    contract = Path(__file__).with_name("contract.py").read_text("utf-8")
    (project / "tests/test_contract.py").write_text(contract, "utf-8")
    return project


def test_the_samples_keep_their_contract(copy: Path, run: Run, python: str) -> None:
    """The public names behave as people are taught, on every Python."""
    command = ("uv", "run", "--quiet", "pytest", "tests/test_contract.py")
    printed = run(with_contract(copy), *command, python=python)
    assert set(checks.outcomes(printed)) == {"passed"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("client.py", 'base_url.rstrip("/")', "base_url"),
        ("client.py", "Invalid user ID", "Wrong user ID"),
        ("client.py", "localhost", "api.example"),
        ("client.py", "upper()", "lower()"),
        ("client.py", "if response.ok", "if response.status == 200"),
        ("database.py", "await connection.rollback()", "pass"),
        ("streams.py", "while True", "while start < 2"),
    ],
)
def test_a_broken_contract_is_found(
    copy: Path, run: Run, file: str, old: str, new: str
) -> None:
    """Each behaviour, once it is gone, fails the contract."""
    module = with_contract(copy) / "src/my_project" / file
    text = module.read_text("utf-8")
    assert old in text
    module.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(CommandError, match=r"\d failed"):
        run(copy, "uv", "run", "--quiet", "pytest", "tests/test_contract.py")
