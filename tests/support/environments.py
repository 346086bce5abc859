"""Locks and environments that projects share, since uv takes seconds to resolve and to install."""

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

PACKAGES: frozenset[str] = frozenset()
"""What projects need; the newest releases are looked up once in a session."""

PROGRAMS = ("mypy", "poe", "prek", "pytest", "python", "ruff", "sphinx-build")
METADATA = ("name", "requires-python", "dependencies", "optional-dependencies")
"""The keys of the table `project` that decide which packages are installed."""


def needs(project: Path) -> str:
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


def uv(project: Path, command: str, variables: Mapping[str, str]) -> bool:
    """Run a command of uv, and return whether it worked; if not, the test's own reports why."""
    line = ["uv", command, "--quiet"]
    done = subprocess.run(
        line, cwd=project, env=variables, capture_output=True, check=False
    )
    return done.returncode == 0


def lock(project: Path, variables: Mapping[str, str]) -> None:
    """Give a project the lock file that uv made for the first one with the same needs.

    Asking the index for news of each package takes most of the time: uv does that once for all
    of them, and then for what it does not know yet.
    """
    assert LOCKS

    def refresh(folder: Path) -> None:
        project = 'name = "all"\nversion = "0"\nrequires-python = ">=3.11"'
        settings = f"[project]\n{project}\ndependencies = {sorted(PACKAGES)}\n"
        (folder / "pyproject.toml").write_text(settings, "utf-8")
        uv(folder, "lock", variables)

    def make(folder: Path) -> None:
        known = uv(project, "lock", {**variables, "UV_OFFLINE": "1"})
        if known or uv(project, "lock", variables):
            copyfile(project / "uv.lock", folder / "uv.lock")

    LOCKS.made(refresh, PACKAGES)
    made = LOCKS.made(make, needs(project)) / "uv.lock"
    if made.exists():
        copyfile(made, project / "uv.lock")


def caches() -> dict[str, str]:
    """Return the variables that set caches. Projects share mypy's, which compares what modules say."""
    return {"MYPY_CACHE_DIR": str(FOLDER / "mypy")} if FOLDER else {}


def forget() -> None:
    """Forget which project each environment fits, so that the next one has its own installed."""
    assert FOLDER
    for serves in FOLDER.glob("*.needs"):
        serves.unlink()


def environment(project: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Make this worker's environment exactly the project's; return the variable that sets it.

    There is one for each Python, so that only what differs between projects is installed anew.
    """
    assert FOLDER
    folder = FOLDER / variables["UV_PYTHON"]
    found = {"UV_PROJECT_ENVIRONMENT": str(folder)}
    serves = FOLDER / f"{folder.name}.needs"
    if not serves.exists() or serves.read_text("utf-8") != needs(project):
        serves.unlink(missing_ok=True)
        if uv(project, "sync", {**variables, **found}):
            serves.write_text(needs(project), "utf-8")
    return found


def shared(
    project: Path, command: tuple[str | Path, ...], variables: Mapping[str, str]
) -> dict[str, str]:
    """Let a command share a lock and an environment; return the variables that set them.

    A lock only if there is none, and the newest packages are asked for. The environment only with
    a command that runs in just what a project declares.
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
    return environment(project, variables)
