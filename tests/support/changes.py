"""Changes of a project's files, made at once or passed on for a test to make."""

import re
from collections.abc import Callable
from pathlib import Path

Change = Callable[[Path], None]
"""What changes a project, given its folder."""


def replace(file: Path, pattern: str, new: str, most: int = 0) -> None:
    """Replace each match of a pattern in a file, or at most so many; there must be one."""
    before = file.read_text("utf-8")
    text, found = re.subn(pattern, new, before, count=most, flags=re.MULTILINE)
    assert found, f"{file} has no {pattern}"
    file.write_text(text, "utf-8")


def append(file: Path, text: str) -> None:
    """Add text at the end of a file, and make the file if there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8", newline="") as stream:
        stream.write(text)


def appending(name: str, text: str) -> Change:
    """Return a change that adds text at the end of a project's file."""

    def change(project: Path) -> None:
        append(project / name, text)

    change.__name__ = f"{name} + {text!r}"
    return change


def replacing(name: str, old: str, new: str) -> Change:
    """Return a change that puts other text in the place of text that a project's file has."""

    def change(project: Path) -> None:
        replace(project / name, re.escape(old), new.replace("\\", r"\\"))

    change.__name__ = f"{name}: {old!r} -> {new!r}"
    return change
