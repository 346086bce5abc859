"""What the README quotes of the page."""

import re
from collections.abc import Sequence

QUOTED = {
    "`copier copy --defaults`": "a copy",
    "`copier update`, nothing new": "an update",
    "copy to green, warm caches: `copier copy`, `uv sync`, `uv run pytest`": "copy to green",
    "all checks in one command, warm caches of mypy and ruff": "all checks at once",
    "the guard on 1,000 trivial async tests": "the guard",
}
"""The rows that are quoted, and what they are called there."""


START = "- [Measured](docs/speed.md) over floors that no template could beat:"


def quote(rows: Sequence[Sequence[str]]) -> str:
    """Return a line of the README; raise KeyError where a row is missing."""
    found = {
        what: f"{measured.partition(' (')[0]} (goal {goal.partition(' ')[0]})"
        for what, _, goal, measured, _ in rows
    }
    quoted = ", ".join(f"{name} {found[row]}" for row, name in QUOTED.items())
    return f"{START} {quoted}."


def requoted(readme: str, rows: Sequence[Sequence[str]]) -> str:
    """Return the README with that line anew."""
    return re.sub(rf"^{re.escape(START)} .*$", quote(rows), readme, flags=re.MULTILINE)
