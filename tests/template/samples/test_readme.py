"""The pages of a generated project: the README is about the package, and each names what is there."""

import re
from pathlib import Path

import pytest

from tests.support import checks
from tests.support.changes import append
from tests.support.commands import CommandError, run
from tests.support.pages import FENCE, codes, missing, readme, rows_of
from tests.support.projects import Render

PAGES = ("AGENTS.md", "CONTRIBUTING.md", "README.md", "SECURITY.md", "tests/README.md")
TESTS = "tests/README.md"
PATTERNS = {
    "Async context managers",
    "Async fixture that a module shares",
    "Async fixture with setup and teardown",
    "Async generators",
    "AsyncMock in place of a function",
    "Basic async test",
    "Cancellation",
    "Concurrent operations",
    "Exceptions",
    "Mocking async functions",
    "Replacing the network",
    "Timeouts",
}


def test_each_pattern_has_a_test(variant: Path) -> None:
    """All of them with the HTTP client, otherwise those that the samples show."""
    rows = {row[0]: codes(row[1]) for row in rows_of(variant / TESTS, "pattern")}
    given = checks.answers(variant)
    if given["http_client"] != "none":
        assert rows.keys() >= PATTERNS
    assert len(rows) >= 6
    tests = [code for named in rows.values() for code in named if "::" in code]
    assert len(tests) >= len(rows)
    assert [name for name in tests if not defines(variant, *name.split("::"))] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_what_is_there(variant: Path, page: str) -> None:
    """What an answer leaves out is on no page; links lead somewhere."""
    assert missing(variant, page) == []


def test_a_missing_file_is_found(copy: Path) -> None:
    """By a link, and by its name."""
    append(
        copy / "README.md", "See [this](no.md), `tests/test_no.py` and `README.md`.\n"
    )
    assert missing(copy, "README.md") == ["no.md", "tests/test_no.py"]


def test_the_readme_is_short(variant: Path) -> None:
    """It is the package's page on the index, and says nothing about samples and templates."""
    text = readme(variant)
    assert len(text.splitlines()) <= 60
    assert re.findall("^## (.+)", text, re.MULTILINE) == [
        "Install",
        "Use",
        "Develop",
        "License",
    ]
    assert not re.search("(?i)sample|template|copier", text)


def test_the_example_in_the_readme_prints_what_it_says(project: Path) -> None:
    """The suite runs it too."""
    ((_, program),) = [
        block for block in FENCE.findall(readme(project)) if block[0] == "python"
    ]
    printed = run(
        project, "uv", "run", "--quiet", "python", "-W", "error", "-c", program
    )
    assert printed == "1\n2\n3\n"
    assert "prints the numbers from 1 to 3" in readme(project)


@pytest.mark.parametrize(
    ("answers", "installed"),
    [
        ({}, "my-project"),
        ({"license": "Proprietary"}, "./my-project"),
        ({"license": "Proprietary", "github_user": "ada"}, "git+https://github.com/ada/my-project"),
    ],
)  # fmt: skip
def test_the_readme_says_how_to_install(
    render: Render, answers: dict[str, str], installed: str
) -> None:
    """From the index, or from where a proprietary package is."""
    text = readme(render(**answers))
    assert f"\nuv add {installed}\n" in text
    assert f"\npip install {installed}\n" in text
    assert ("badge" in text) == ("github_user" in answers)


def test_the_two_mistakes_print_what_the_page_says(copy: Path) -> None:
    """A forgotten await, in a test and in a fixture."""
    blocks = dict(FENCE.findall((copy / TESTS).read_text("utf-8")))
    append(copy / "tests/test_pause.py", blocks["python"])
    with pytest.raises(CommandError) as caught:
        run(copy, "uv", "run", "--quiet", "pytest", "tests/test_pause.py")
    printed = str(caught.value).splitlines()
    assert [line for line in blocks["text"].splitlines() if line not in printed] == []
    with pytest.raises(CommandError, match="Found 2 errors in 1 file"):
        run(copy, "uv", "run", "--quiet", "mypy")


def test_no_module_mixes_async_and_sync_tests(variant: Path) -> None:
    """The samples keep this practice themselves."""
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
    """Return whether a file of tests defines a test of that name."""
    return f"def {name}(" in (project / "tests" / file).read_text("utf-8")
