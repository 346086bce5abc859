"""The page that the results stand in: what is measured lies between markers, and text around them."""

import datetime
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from ground import ROOT

PAGE = ROOT / "docs/speed.md"


class PageError(Exception):
    """The page has no place for what was measured."""


def markers(name: str) -> tuple[str, str]:
    """Return what stands before and after a part that is measured."""
    return f"<!-- measured: {name} -->\n", "<!-- end -->\n"


def fill(page: Path, name: str, measured: str) -> None:
    """Replace a part of a page; raise PageError where it has none of that name."""
    text = page.read_text("utf-8")
    begin, end = markers(name)
    before, found, rest = text.partition(begin)
    if not found or end not in rest:
        raise PageError(f"{page.name} has no part {name!r}: add its two markers")
    after = rest.partition(end)[2]
    page.write_text(f"{before}{begin}\n{measured.strip()}\n\n{end}{after}", "utf-8")


def part(text: str, name: str) -> str:
    """Return what was measured, of the text of a page."""
    begin, end = markers(name)
    return text.partition(begin)[2].partition(end)[0]


def cells(text: str, name: str) -> list[list[str]]:
    """Return the rows of the tables in a part of a page, without their headers."""
    lines = re.findall(r"^\| (.*) \|$", part(text, name), re.MULTILINE)
    rows = [line.split(" | ") for line in lines]
    rules = [index for index, row in enumerate(rows) if set(row) == {"---"}]
    skipped = {*rules, *(rule - 1 for rule in rules)}
    return [row for index, row in enumerate(rows) if index not in skipped]


def machine(rounds: int) -> str:
    """Return when and on what it was measured."""
    return (
        f"Measured on {datetime.datetime.now(datetime.UTC).date()} in {rounds} "
        f"round{'s' if rounds > 1 else ''}, on "
        f"{os.cpu_count()} cores with {platform.system()}, Python {platform.python_version()}, "
        f"uv {version('uv')}, Copier {version('copier')}, pytest {version('pytest')}.\n"
    )
