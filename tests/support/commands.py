"""Run what an owner would type, in the environment of an owner's shell."""

import os
import subprocess
import sys
from pathlib import Path

from uv import find_uv_bin

from tests.support import environments

# What this run sets must not leak into the commands that it runs.
_REMOVED = (
    "CI",
    "COV_",
    "COVERAGE_",
    "PYTEST_",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONPATH",
    "UV",
    "VIRTUAL_ENV",
)
_KEPT = ("UV_CACHE_DIR", "UV_DEFAULT_INDEX", "UV_INDEX_URL")


class CommandError(AssertionError):
    """A command exited with an error; the message holds all it printed."""


def environment(python: str | None = None) -> dict[str, str]:
    """Return the variables of an owner's shell; uv takes the Python given, or this run's."""
    own = {
        k: v for k, v in os.environ.items() if k in _KEPT or not k.startswith(_REMOVED)
    }
    path = os.pathsep.join([str(Path(find_uv_bin()).parent), own["PATH"]])
    python = python or "{}.{}".format(*sys.version_info)
    return own | environments.caches() | {"PATH": path, "UV_PYTHON": python}


def run(
    project: Path, *command: str | Path, python: str | None = None, **variables: str
) -> str:
    """Run a command in a project's folder, with more variables, and return all it printed.

    Raises CommandError where it exits with anything but 0.
    """
    __tracebackhide__ = True
    own = environment(python)
    done = subprocess.run(
        command,
        cwd=project,
        env=own | environments.shared(project, command, own) | variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        line = " ".join(map(str, command))
        raise CommandError(
            f"`{line}` in {project} exited with {done.returncode}:\n{done.stdout}"
        )
    return done.stdout


def installed(python: str) -> bool:
    """Return whether uv finds this version of Python without a download."""
    find = [
        find_uv_bin(),
        "python",
        "find",
        "--no-python-downloads",
        "--no-project",
        "--system",
        python,
    ]
    return subprocess.run(find, capture_output=True, check=False).returncode == 0
