"""Environments that projects share: those that need the same packages use the same one."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile

FOLDER: Path | None = None
"""The folder that has them; if None, each project has its own."""

PROGRAMS = ("mypy", "prek", "pytest", "python", "ruff", "sphinx-build")
METADATA = ("name", "requires-python", "dependencies", "optional-dependencies")
"""The keys of the table `project` that decide which packages are installed."""


def digest(project: Path, python: str) -> str:
    """Return a digest of everything that decides which packages are installed."""
    text = (project / "pyproject.toml").read_text("utf-8")
    try:
        settings = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        settings = {"text": text}  # Uv reports it.
    metadata = settings.pop("project", {})
    tools = settings.pop("tool", {})
    parts = {name: metadata.get(name) for name in METADATA}
    parts |= {name: tools.get(name) for name in ("flit", "uv")}
    decides = json.dumps([python, parts, settings], default=str)
    return hashlib.sha256(decides.encode()).hexdigest()[:16]


@contextmanager
def shared(
    project: Path, command: tuple[str | Path, ...], python: str
) -> Iterator[dict[str, str]]:
    """Share mypy's cache, an environment and a lock file, and yield the variables that set them.

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
    folder = FOLDER / digest(project, python)
    folder.mkdir(exist_ok=True)
    kept, lock = folder / "uv.lock", project / "uv.lock"
    if kept.exists() and not lock.exists():
        copyfile(kept, lock)
    yield cache | {"UV_PROJECT_ENVIRONMENT": str(folder / "environment")}
    if lock.exists() and not kept.exists():
        copyfile(lock, kept)
