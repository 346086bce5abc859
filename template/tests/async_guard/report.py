"""What the failure of a test says: what happened, where, and how to mend it."""

import linecache
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import pytest

from .mistakes import Mistake


def fail(mistakes: Sequence[Mistake], root: Path, passed: str = "") -> NoReturn:
    """Fail the running test with one or more mistakes, and with no traceback.

    Where it is over, and pytest has counted it as passed, that is told by its name.
    """
    lines = [text(mistake, root) for mistake in mistakes]
    if passed:
        told = "was over, and is counted as passed: this error fails the run"
        lines.append(f"    {passed} {told}.")
    raise pytest.fail.Exception("\n".join(lines), pytrace=False) from None


def text(mistake: Mistake, root: Path) -> str:
    """Return the report of a mistake; its first line is enough to find it."""
    lines = [f"{mistake.what}, at {_place(mistake, root)} [{mistake.check}]"]
    if mistake.where and (source := linecache.getline(*mistake.where).strip()):
        lines.append(f"    {source}")
    lines.append(f"    To mend it: {mistake.mend}.")
    return "\n".join(lines)


def _place(mistake: Mistake, root: Path) -> str:
    if mistake.where is None:
        return "an unknown line"
    path, line = Path(mistake.where[0]), mistake.where[1]
    return f"{path.relative_to(root) if path.is_relative_to(root) else path}:{line}"
