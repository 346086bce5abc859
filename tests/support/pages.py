"""What pages in Markdown say: blocks of code, tables, commands."""

import re
from collections.abc import Iterator
from pathlib import Path

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A block of code: its language, and its text."""


def all_checks_command(project: Path) -> str:
    """Return the command that runs all checks, as CONTRIBUTING.md says."""
    page = (project / "CONTRIBUTING.md").read_text("utf-8")
    (command,) = re.findall(r"^\| run all checks.* \| `(.*)` \|$", page, re.MULTILINE)
    return str(command)


def readme(project: Path) -> str:
    """Return the project's README."""
    return (project / "README.md").read_text("utf-8")


def rows_of(project: Path, first_heading: str) -> Iterator[list[str]]:
    """Yield the rows of the README's table whose first column has that heading."""
    table = readme(project).split(f"\n| {first_heading} |", 1)[1].split("\n\n", 1)[0]
    for line in table.splitlines()[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def codes(cell: str) -> list[str]:
    """Return what a cell of a table sets as code."""
    return re.findall(r"`([^`]+)`", cell)
