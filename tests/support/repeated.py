"""What Copier does anew for every render, with the same outcome: done once in these tests.

For one render it compiles some 600 small templates, and asks git once a file how it takes modes.
"""

import subprocess
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from copier._main import Worker
from jinja2 import Environment

SETTINGS = (
    "trim_blocks",
    "lstrip_blocks",
    "keep_trailing_newline",
    "optimized",
    "sandboxed",
)
compile_anew = Environment.compile
compiled: dict[tuple[Any, ...], Any] = {}
decisive: WeakKeyDictionary[Environment, tuple[Any, ...]] = WeakKeyDictionary()
mark_executable = Worker._sync_git_index_executable_bit


def do_once(patch: pytest.MonkeyPatch) -> None:
    """Have Copier, where this process runs it, do so."""
    patch.setattr(Environment, "compile", compile_once)
    patch.setattr(Worker, mark_executable.__name__, mark_executable_if_asked)


def compile_once(
    environment: Environment, source: Any, name: Any = None, filename: Any = None
) -> Any:
    """Return what the same text was compiled to before, under the same settings."""
    if filename or not isinstance(source, str):
        return compile_anew(environment, source, name, filename)
    if environment not in decisive:
        settings = [getattr(environment, setting) for setting in SETTINGS]
        names = [*environment.extensions, *environment.filters, *environment.tests]
        decisive[environment] = (*settings, *names)
    key = (source, name, decisive[environment])
    if key not in compiled:
        compiled[key] = compile_anew(environment, source, name)
    return compiled[key]


def mark_executable_if_asked(worker: Worker, file: Path, mode: int) -> None:
    """Leave out what does nothing but where git takes no modes from the disk."""
    if file_modes(worker.subproject.local_abspath) == "false":
        mark_executable(worker, file, mode)


@cache
def file_modes(folder: Path) -> str:
    """Return what git says of a folder; nothing where it is in no repository."""
    asked = ["git", "config", "--get", "core.fileMode"]
    done = subprocess.run(
        asked, cwd=folder, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout.strip()
