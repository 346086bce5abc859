"""The README of a generated project names what is there; test_matrix.py runs its program."""

import re
from pathlib import Path

from tests.support import checks
from tests.support.pages import codes, readme, rows_of

PATTERNS = {"none": 6, "sqlite": 8, "postgresql": 9}
PRACTICES = {"none": 3, "sqlite": 5, "postgresql": 6}


def test_each_pattern_in_the_readme_has_a_test(variant: Path) -> None:
    """Each of the nine patterns, or of those that the samples show."""
    rows = list(rows_of(variant, "pattern"))
    given = checks.answers(variant)
    with_http = given["http_client"] != "none"
    assert len(rows) == (9 if with_http else PATTERNS[given["database"]])
    tests = [code for row in rows for code in codes(row[1]) if "::" in code]
    assert len(tests) >= len(rows)
    missing = [name for name in tests if not defines(variant, *name.split("::"))]
    assert missing == []


def test_each_practice_in_the_readme_has_a_file(variant: Path) -> None:
    """Each of the six practices, or of those that the samples show."""
    rows = list(rows_of(variant, "practice"))
    given = checks.answers(variant)
    with_http = given["http_client"] != "none"
    assert len(rows) == (6 if with_http else PRACTICES[given["database"]])
    named = {code for row in rows for code in codes(row[1]) if "." in code}
    assert named
    assert [name for name in named if not (variant / name).is_file()] == []


def test_each_file_in_the_readme_exists(variant: Path) -> None:
    """What an answer leaves out is left out of the README too."""
    named = set(re.findall(r"\b(?:src|tests)/[\w/]+\.py\b", readme(variant)))
    assert "src/my_project/streams.py" in named
    assert [name for name in named if not (variant / name).is_file()] == []


def test_no_module_mixes_async_and_sync_tests(variant: Path) -> None:
    """The samples keep the sixth practice themselves."""
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
