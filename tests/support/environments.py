"""Locks and environments that projects share: those that need the same packages use the same one."""

import hashlib
import json
import subprocess
import tomllib
from collections.abc import Mapping
from pathlib import Path
from shutil import copyfile

from tests.support.session import Store

FOLDER: Path | None = None
"""The folder of this worker's environments; if None, each project has its own."""

LOCKS: Store | None = None
"""The lock files, which all workers share."""

PROGRAMS = ("mypy", "prek", "pytest", "python", "ruff", "sphinx-build")
METADATA = ("name", "requires-python", "dependencies", "optional-dependencies")
"""The keys of the table `project` that decide which packages are installed."""


def needed(project: Path) -> str:
    """Return everything that decides which packages are installed, as a text."""
    text = (project / "pyproject.toml").read_text("utf-8")
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return text  # Uv reports it.
    metadata = settings.pop("project", {})
    tools = settings.pop("tool", {})
    parts = {name: metadata.get(name) for name in METADATA}
    parts |= {name: tools.get(name) for name in ("flit", "uv")}
    return json.dumps([parts, settings], default=str)


def lock(project: Path, variables: Mapping[str, str]) -> None:
    """Give a project the lock file that uv made for the first one with the same needs."""
    assert LOCKS

    def make(folder: Path) -> None:
        command = ["uv", "lock", "--quiet"]
        done = subprocess.run(
            command, cwd=project, env=variables, capture_output=True, check=False
        )
        if done.returncode == 0:  # Else the test's own command reports why.
            copyfile(project / "uv.lock", folder / "uv.lock")

    made = LOCKS.made(make, needed(project)) / "uv.lock"
    if made.exists():
        copyfile(made, project / "uv.lock")


def caches() -> dict[str, str]:
    """Return the variables that set caches: mypy compares what a module says, not where it lies."""
    return {"MYPY_CACHE_DIR": str(FOLDER / "mypy")} if FOLDER else {}


def shared(
    project: Path, command: tuple[str | Path, ...], variables: Mapping[str, str]
) -> dict[str, str]:
    """Let a command share a lock and an environment; return the variables that set them.

    A lock only if there is none, and the newest packages are asked for. An environment only with
    a command that runs in just what a project declares: uv installs the project itself each time.
    """
    if not FOLDER or command[0] != "uv" or command[2:3] != ("--quiet",):
        return {}
    options = list(command[3:])
    while options[:1] == ["--with"]:  # Uv lays that over the environment.
        del options[:2]
    runs = command[1] == "run" and options[0] in PROGRAMS
    if not runs and (command[1] not in ("lock", "sync") or options):
        return {}
    if not (project / "uv.lock").exists():
        lock(project, variables)
    if not runs or (project / ".venv").exists():
        return {}
    key = f"{variables['UV_PYTHON']} {needed(project)}"
    folder = hashlib.sha256(key.encode()).hexdigest()[:16]
    return {"UV_PROJECT_ENVIRONMENT": str(FOLDER / folder)}
