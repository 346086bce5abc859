"""The generated project in use: Pythons, orders, pip, and what its README says."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copy2
from typing import NamedTuple

import pytest

from tests.support import checks
from tests.support.commands import CommandError
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


def readme(project: Path) -> str:
    """Return the project's README."""
    return (project / "README.md").read_text("utf-8")


WITH_A_SERVER = """
import os, pathlib, subprocess, sys, tempfile
sys.path.insert(0, "tests")
from database_server import Server
with tempfile.TemporaryDirectory() as folder:
    with Server(pathlib.Path(folder)).running() as os.environ["DATABASE_URL"]:
        sys.exit(subprocess.run(sys.argv[1:]).returncode)
"""


def test_the_readme_s_program_runs(variant: Path, run: Run) -> None:
    """The first block of Python is a whole program, and prints what the README says."""
    text = readme(variant)
    program = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    printed = re.search(r"It prints `(.*?)`", text)
    assert program
    assert printed
    given = checks.answers(variant)
    assert ("uvloop.run(main())" in program[1]) == given["uvloop"]
    python = ["python", "-W", "error", "-c", program[1]]
    if given["database"] == "postgresql":
        python = ["python", "-c", WITH_A_SERVER, *python]
    assert run(variant, "uv", "run", "--quiet", *python) == f"{printed[1]}\n"


PATTERNS = {"none": 5, "sqlite": 7, "postgresql": 8}
PRACTICES = {"none": 3, "sqlite": 5, "postgresql": 6}


def test_the_readme_s_patterns_are_tests_that_pass(variant: Path) -> None:
    """Each of the eight patterns, or of those that the samples show, leads to a test."""
    rows = list(rows_of(variant, "pattern"))
    given = checks.answers(variant)
    with_http = given["http_client"] != "none"
    assert len(rows) == (8 if with_http else PATTERNS[given["database"]])
    tests = [code for row in rows for code in codes(row[1]) if "::" in code]
    assert len(tests) >= len(rows)
    missing = [name for name in tests if not defines(variant, *name.split("::"))]
    assert missing == []


def test_the_readme_s_practices_name_what_is_there(variant: Path) -> None:
    """Each of the six practices, or of those that the samples show, leads to its place."""
    rows = list(rows_of(variant, "practice"))
    given = checks.answers(variant)
    with_http = given["http_client"] != "none"
    assert len(rows) == (6 if with_http else PRACTICES[given["database"]])
    named = {code for row in rows for code in codes(row[1]) if "." in code}
    assert named
    assert [name for name in named if not (variant / name).is_file()] == []


def test_the_readme_names_no_file_that_is_not_there(variant: Path) -> None:
    """What an answer leaves out is left out of the README too."""
    named = set(re.findall(r"\b(?:src|tests)/[\w/]+\.py\b", readme(variant)))
    assert "src/my_project/streams.py" in named
    assert [name for name in named if not (variant / name).is_file()] == []


def test_no_module_mixes_async_and_sync_tests(variant: Path) -> None:
    """Practice six, held by the samples themselves."""
    kinds = {
        path.name: kinds_of_tests(path) for path in variant.glob("tests/test_*.py")
    }
    assert kinds["test_streams.py"] == {"async def"}
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
    words: list[str]


SAMPLES = ["HTTP client", "Database", "Stream"]
PAGES = ("README.md", "CONTRIBUTING.md")
SPOKEN_OF = {
    "HTTP client": "API|HTTP|aiohttp|httpx",
    "Database": "(?i)database|PostgreSQL|SQL",
    "Stream": "(?i)stream",
}
"""What nothing on the pages has any more, once a sample is taken out."""

AIOHTTP, HTTPX = Variant("aiohttp", "none"), Variant("httpx", "none")
SQLITE, POSTGRESQL = Variant("none", "sqlite"), Variant("none", "postgresql")


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        *((DEFAULT, [sample]) for sample in SAMPLES),
        *((OTHERS, [sample]) for sample in SAMPLES[:2]),
        (AIOHTTP, SAMPLES[:1]),
        (DEFAULT, SAMPLES[:2]),
        (DEFAULT, SAMPLES),
        (OTHERS, SAMPLES),
    ],
    ids=str,
)
def test_a_sample_can_be_taken_out(
    render: Render, run: Run, answers: Variant, names: list[str]
) -> None:
    """Doing what the README says, and no more, leaves a project with nothing to mend."""
    project = render(**answers._asdict())
    rows = {row[0]: row[1:] for row in rows_of(project, "sample")}
    assert names == [name for name in rows if name in names]
    for name in names:
        take_out(project, Sample(*(codes(cell) for cell in rows[name])))
    run(project, "uv", "run", "--quiet", "ruff", "check", "--fix")
    run(project, "uv", "run", "--quiet", "ruff", "format")
    assert "passed" in run(project, "uv", "run", "--quiet", "pytest", "--cov")
    run(project, "uv", "run", "--quiet", "mypy")
    if answers.docs:
        checks.documentation(project)
    pages = [(project / page).read_text("utf-8") for page in PAGES]
    for name in names:
        assert not re.search(SPOKEN_OF[name], "\n".join(pages)), name
    named = set(re.findall(r"\b(?:src|tests)/[\w/]+\.py\b", "\n".join(pages)))
    assert [name for name in named if not (project / name).is_file()] == []
    assert all("\n## " in page for page in pages)


def test_the_only_sample_can_be_taken_out(render: Render, run: Run) -> None:
    """As the README says; what is left is a project for a first module and its test."""
    project = render(**Variant("none", "none")._asdict())
    how = readme(project).split("## Take the sample out", 1)[1]
    assert "`async_stream`" in how
    files = [code for code in codes(how) if code.endswith("streams.py")]
    assert len(files) == 2
    for file in files:
        (project / file).unlink()
    remove(project / "src/my_project/__init__.py", r"^.*async_stream.*\n", times=2)
    without(project / "README.md", {"async_stream", *files})
    run(project, "uv", "run", "--quiet", "ruff", "format")
    run(project, "uv", "run", "--quiet", "ruff", "check")
    run(project, "uv", "run", "--quiet", "mypy")
    assert "1 passed" in run(project, "uv", "run", "--quiet", "pytest")
    test = "import my_project\n\n\ndef test_all() -> None:\n    assert my_project.__all__ == []\n"
    (project / "tests/test_own.py").write_text(test, "utf-8")
    assert "2 passed" in run(project, "uv", "run", "--quiet", "pytest", "--cov")


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
    if "tests/database_server.py" in sample.files:
        examples = project / "tests/test_examples.py"
        remove(examples, r"^@pytest\.fixture(.|\n)*?(?=\n\n\n)")
    for name in sample.dependencies:
        remove(project / "pyproject.toml", rf'^    "{name}(?![\w-])[^"]*",.*\n')
    for page in PAGES:
        without(project / page, {*sample.words, *sample.files})


def without(page: Path, words: set[str]) -> None:
    """Remove the paragraphs, rows and examples of a page that have one of the words."""
    example = r"^```(?:.|\n)*?^```\n(?:\nIt prints .*\n)?"
    block = rf"{example}|^\|.*\n|^(?![`|\n])(?:.+\n)+"
    page.write_text(
        re.sub(
            block,
            lambda found: "" if any(word in found[0] for word in words) else found[0],
            page.read_text("utf-8"),
            flags=re.MULTILINE,
        ),
        "utf-8",
    )


def remove(file: Path, pattern: str, times: int | None = 1) -> None:
    """Remove what matches the pattern, which must be so many places."""
    text, count = re.subn(pattern, "", file.read_text("utf-8"), flags=re.MULTILINE)
    assert times is None or count == times, (file, pattern)
    file.write_text(text, "utf-8")


CONTRACT = Path(__file__).with_name("contract")


def with_contract(project: Path) -> None:
    """Add to a project the parts of the contract that its answers call for."""
    given = checks.answers(project)
    chosen = {question: given[question] for question in ("http_client", "database")}
    kept = [part for pair in chosen.items() for part in pair if pair[1] != "none"]
    for part in ("streams", *kept):
        if (CONTRACT / f"{part}.py").exists():
            copy2(
                CONTRACT / f"{part}.py", project / f"tests/test_contract_of_{part}.py"
            )


@pytest.mark.parametrize(
    "answers",
    [DEFAULT, OTHERS],
    ids=str,
)
def test_the_samples_keep_their_contract(
    render: Render, run: Run, python: str, answers: Variant
) -> None:
    """The public names behave as people are taught, with each library, on every Python."""
    project = render(**answers._asdict())
    with_contract(project)
    command = ("uv", "run", "--quiet", "pytest", "-k", "contract_of")
    printed = run(project, *command, python=python)
    assert set(checks.outcomes(printed)) == {"passed", "deselected"}


BROKEN = [
    (AIOHTTP, ("client.py", 'base_url.rstrip("/")', "base_url")),
    (AIOHTTP, ("client.py", "Invalid user ID", "Wrong user ID")),
    (AIOHTTP, ("client.py", "localhost", "api.example")),
    (AIOHTTP, ("client.py", "upper()", "lower()")),
    (AIOHTTP, ("client.py", "if response.ok", "if response.status == 200")),
    (HTTPX, ("client.py", "localhost", "api.example")),
    (HTTPX, ("client.py", "self.timeout or None", "None")),
    (
        HTTPX,
        ("client.py", "Response.of(await session.get(url))", "await session.get(url)"),
    ),
    (HTTPX, ("transport.py", "follow_redirects=True", "follow_redirects=False")),
    (HTTPX, ("transport.py", "trust_env=False", "trust_env=True")),
    (SQLITE, ("database.py", "await connection.rollback()", "pass")),
    (POSTGRESQL, ("database.py", ", held.transaction():", ":")),
    (
        POSTGRESQL,
        ("database.py", "_in_transaction.set(held)", "_in_transaction.set(None)"),
    ),
    (POSTGRESQL, ("database.py", "await pool.close()", "pass")),
    (POSTGRESQL, ("database.py", "*parameters", "parameters")),
    (SQLITE, ("streams.py", "while True", "while start < 2")),
]


@pytest.mark.parametrize(("answers", "change"), BROKEN)
def test_a_broken_contract_is_found(
    render: Render, run: Run, answers: Variant, change: tuple[str, str, str]
) -> None:
    """Each behaviour, once it is gone, fails the contract."""
    project = render(**answers._asdict())
    with_contract(project)
    file, old, new = change
    module = project / "src/my_project" / file
    text = module.read_text("utf-8")
    assert old in text
    module.write_text(text.replace(old, new), "utf-8")
    contract = ("pytest", "-k", "contract_of", "--exitfirst")
    with pytest.raises(CommandError, match=r"\d (failed|error)"):
        run(project, "uv", "run", "--quiet", *contract)
