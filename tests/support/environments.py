"""Environments that projects share: what one had uv make serves the next that needs the same."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

FOLDER: Path | None = None
"""Where they are; without it, each project has its own."""

PROGRAMS = ("mypy", "prek", "pytest", "python", "ruff", "sphinx-build")
METADATA = ("name", "requires-python", "dependencies", "optional-dependencies")
"""What of the table `project` decides what is installed."""


def needed(project: Path, python: str) -> str:
    """Return a name for all that decides what is installed."""
    text = (project / "pyproject.toml").read_text("utf-8")
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        settings = {"text": text}  # Uv is to say so.
    metadata = settings.pop("project", {})
    tools = settings.pop("tool", {})
    parts = {name: metadata.get(name) for name in METADATA}
    parts |= {name: tools.get(name) for name in ("flit", "uv")}
    decides = json.dumps([python, parts, settings], default=str)
    return hashlib.sha256(decides.encode()).hexdigest()[:16]


@contextmanager
def lent(
    project: Path, command: tuple[str | Path, ...], python: str
) -> Iterator[dict[str, str]]:
    """Lend mypy's cache, an environment and a lock file, and yield the variables that say so.

    The cache to all, since mypy compares what a module says and not where it lies. The others only
    to a command that runs in just what a project declares, where it has no environment yet: uv
    installs the project itself each time, and checks the lock.
    """
    if not FOLDER:
        yield {}
        return
    cache = {"MYPY_CACHE_DIR": str(FOLDER / "mypy")}
    uv, options = command[:3], list(command[3:])
    while options[:1] == ["--with"]:  # Uv lays that over the environment.
        del options[:2]
    plain = uv == ("uv", "run", "--quiet") and options[0] in PROGRAMS
    if not plain or (project / ".venv").exists():
        yield cache
        return
    folder = FOLDER / needed(project, python)
    folder.mkdir(exist_ok=True)
    kept, lock = folder / "uv.lock", project / "uv.lock"
    if kept.exists() and not lock.exists():
        copyfile(kept, lock)
    yield cache | {"UV_PROJECT_ENVIRONMENT": str(folder / "environment")}
    if lock.exists() and not kept.exists():
        copyfile(lock, kept)
