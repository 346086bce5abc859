"""The comparison with other templates: its page has what is measured, and each measure can fail."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import compare, measures
from tests.repository.small_template import small_template
from tests.support import ROOT
from tests.support.changes import replace
from tests.support.projects import Render
from tests.support.selection import thorough

ACTION = r"@[0-9a-f]{40} # \S+"


def tables() -> list[list[dict[str, str]]]:
    """Return the rows of the page's two tables, each by the titles."""
    page = (ROOT / "docs/maintaining/comparison.md").read_text("utf-8")
    found = []
    for text in re.findall(r"^\| template \|.*\n(?:\|.*\n)+", page, re.MULTILINE):
        titles, _, *rows = (
            [cell.strip() for cell in line.strip("|").split(" |")]
            for line in text.splitlines()
        )
        found.append([dict(zip(titles, cells, strict=True)) for cells in rows])
    return found


@pytest.mark.thorough
def test_the_page_says_what_is_measured(tmp_path: Path) -> None:
    """The row of this template is what the script finds in the working tree, but for sizes."""
    row = compare.measure(".", tmp_path)
    first, second = tables()
    assert first[0] == {title: str(row[title]) for title in first[0]}
    sizes = {title for title in second[0] if "files" in title or "lines" in title}
    assert len(sizes) == 4
    assert second[0].keys() <= row.keys()
    assert all(second[0][t] == row[t] for t in second[0].keys() - sizes)


def test_both_tables_have_the_same_templates() -> None:
    """A template that is measured is measured in full."""
    first, second = ([row["template"] for row in rows] for rows in tables())
    assert first == second


CI = ".github/workflows/ci.yml"
DEPENDABOT = ".github/dependabot.yml"


@pytest.mark.parametrize(
    ("measure", "file", "pattern", "by"),
    [
        (measures.async_tests, "tests/test_streams.py", "async def", "def"),
        (measures.asyncio_mode, "pyproject.toml", "^asyncio_mode.*\n", ""),
        (measures.pinned_actions, CI, ACTION, "@v1"),
        (measures.permissions, CI, "^permissions.*\n", ""),
        (measures.zizmor_findings, CI, ACTION, "@v1"),
        (measures.updater_of_actions, DEPENDABOT, "github-actions", "npm"),
        (measures.task_runners, "pyproject.toml", r"^\[tool\.poe", "[tool.no"),
    ],
)
def test_a_measure_sees_what_is_missing(
    render: Render,
    measure: Callable[[Path], object],
    file: str,
    pattern: str,
    by: str,
) -> None:
    """A project without it gets another verdict."""
    project = render()
    before = measure(project)
    replace(project / file, pattern, by)
    assert measure(project) != before


GOOD = {"copier.yml": "_skip_if_exists: [README.md]\n"}
BAD = {
    "copier.yml": "_tasks: ['true']\nauthor:\n  type: str\n",
    "template/pyproject.toml.jinja": 'keywords = ["{{ description }}"]\n',
}


@pytest.mark.parametrize(
    ("more", "verdicts"),
    [
        (GOOD, ["no", 0, "kept", "1 of 1"]),
        thorough(BAD, ["once trusted", 1, "breaks TOML", "0 of 1"]),
    ],
)
def test_a_worse_template_gets_worse_verdicts(
    tmp_path: Path, more: dict[str, str], verdicts: list[object]
) -> None:
    """The table shows a need for trust or answers, broken free text, and conflicts."""
    folder = tmp_path / "small"
    small_template(folder, **more)
    row = compare.measure(str(folder), tmp_path)
    columns = (
        "runs code of its own",
        "answers it needs",
        "a description",
        "edits kept",
    )
    assert [row[title] for title in columns] == verdicts
    assert str(row["commit"]).startswith("2.0.0-0-g")
