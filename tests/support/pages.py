"""What pages in Markdown say to type."""

import re
from pathlib import Path

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A block of code: its language, and its text."""


def all_checks_command(project: Path) -> str:
    """Return the command that runs all checks, as CONTRIBUTING.md says."""
    page = (project / "CONTRIBUTING.md").read_text("utf-8")
    (command,) = re.findall(r"^\| run all checks.* \| `(.*)` \|$", page, re.MULTILINE)
    return str(command)
