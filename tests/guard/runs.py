"""Runs of pytest in a generated project, in the order of its files."""

from pathlib import Path

import pytest

from tests.support.commands import CommandError
from tests.support.projects import Run

PYTEST = ("uv", "run", "--quiet", "pytest", "-p", "no:randomly")


def failure(project: Path, run: Run, *options: str, python: str | None = None) -> str:
    """Return what a run of pytest printed that failed."""
    with pytest.raises(CommandError) as caught:
        run(project, *PYTEST, *options, python=python)
    return str(caught.value)
