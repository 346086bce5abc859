"""The comparison with other templates: its page has what is measured, and each measure can fail."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import compare
from tests.repository.small_template import small_template
from tests.support import ROOT
from tests.support.changes import replace
from tests.support.projects import Render

ACTION = r"@[0-9a-f]{40} # \S+"


def table() -> list[dict[str, str]]:
    """Return the rows of the page's table, each by the titles."""
    page = (
        (ROOT / "docs/maintaining/comparison.md")
        .read_text("utf-8")
        .partition("\n## ")[0]
    )
    titles, _, *rows = (
        [cell.strip() for cell in row.strip("|").split("|")]
        for row in re.findall(r"^\|.*", page, re.MULTILINE)
    )
    return [dict(zip(titles, cells, strict=True)) for cells in rows]


def test_the_page_says_what_is_measured(tmp_path: Path) -> None:
    """The row of this template is what the script finds in the working tree."""
    row = compare.measure(".", tmp_path)
    assert table()[0] == {title: str(row[title]) for title in row}


CI = ".github/workflows/ci.yml"


@pytest.mark.parametrize(
    ("measure", "file", "pattern", "by"),
    [
        (compare.async_tests, "tests/test_streams.py", "async def", "def"),
        (compare.asyncio_mode, "pyproject.toml", "^asyncio_mode.*\n", ""),
        (compare.pinned_actions, CI, ACTION, "@v1"),
        (compare.permissions, CI, "^permissions.*\n", ""),
        (compare.zizmor_findings, CI, ACTION, "@v1"),
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
        (BAD, ["once trusted", 1, "breaks TOML", "0 of 1"]),
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
