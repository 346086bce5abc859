"""A plugin of pytest that notes which commands the tests run, and the CPU time of each.

`pytest -p accounting --accounts=FOLDER` writes a file there for each process that runs tests.
"""

import json
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from measuring import spent_by_children

PROGRAMS = {
    "pytest": "suites of generated projects, by pytest",
    "mypy": "mypy",
    "sphinx-build": "Sphinx",
    "pyright": "Pyright",
    "copier": "Copier, as a command",
    "ruff": "ruff",
    "git": "git",
    "bash": "steps of workflows, hooks and pages, by a shell",
    "uv": "uv, for anything else",
}
"""The programs that are told of, each with what it is for: a command is of the first that it names."""

OTHERS = "other commands"


def kind(command: Iterable[str | Path]) -> str:
    """Return what a command is for."""
    names = {Path(word).name for word in command}
    return next((PROGRAMS[name] for name in PROGRAMS if name in names), OTHERS)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tell pytest where the notes go."""
    parser.addoption("--accounts", type=Path, required=True)


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Write the notes."""
    yield
    (session.config.getoption("--accounts") / f"{os.getpid()}.json").write_text(
        json.dumps(NOTED)
    )


NOTED: list[tuple[str, float]] = []
"""What each command was for, and its seconds."""

run = subprocess.run


def noted(command: Any, *args: Any, **kwargs: Any) -> Any:
    """Run a command as `subprocess.run` does, and note what it took."""
    before = spent_by_children()
    try:
        return run(command, *args, **kwargs)
    finally:
        NOTED.append((kind(command), spent_by_children() - before))


def pytest_configure() -> None:
    """Note from now on."""
    subprocess.run = noted  # type: ignore[assignment]
