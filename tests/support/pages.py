"""What pages in Markdown say: blocks of code, tables, commands."""

import re
from collections.abc import Iterator
from pathlib import Path

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A block of code: its language, and its text."""


def readme(project: Path) -> str:
    """Return the project's README."""
    return (project / "README.md").read_text("utf-8")


def rows_of(page: Path, first_heading: str) -> Iterator[list[str]]:
    """Yield the rows of a page's table whose first column has that heading."""
    text = page.read_text("utf-8")
    table = text.split(f"\n| {first_heading} |", 1)[1].split("\n\n", 1)[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def codes(cell: str) -> list[str]:
    """Return what a cell of a table sets as code."""
    return re.findall(r"`([^`]+)`", cell)


def missing(project: Path, page: str) -> list[str]:
    """Return the files that a page links to or names, and that are not in the project."""
    text = re.sub(
        r"^```.*?^```",
        "",
        (project / page).read_text("utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    links = re.findall(r"\]\((?!\w+:)([^)#]+)", text)
    named = re.findall(
        r"`((?:[\w.-]+/)*[\w.-]+\.(?:md|py|toml|ya?ml))(?:::\w+)?`", text
    )
    folders = (
        project,
        (project / page).parent,
        project / "docs",
        project / ".github/workflows",
    )
    found = {
        path
        for path in (*links, *named)
        if any((folder / path).exists() for folder in folders)
    }
    return sorted({*links, *named} - found)
