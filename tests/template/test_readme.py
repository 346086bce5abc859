"""The README of a generated project: its program runs, and what it names is there."""

import re
from pathlib import Path

from tests.support import checks
from tests.support.pages import codes, readme, rows_of
from tests.support.projects import Run

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


def defines(project: Path, file: str, name: str) -> bool:
    """Return whether a file defines a test of that name."""
    return f"def {name}(" in (project / file).read_text("utf-8")
