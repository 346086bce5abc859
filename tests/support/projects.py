"""Generated projects: which kinds there are, and the types of the fixtures that make and run them."""

from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any, NamedTuple, Protocol

import yaml

from tests.support import ROOT, commands

SETTINGS: dict[str, Any] = yaml.safe_load((ROOT / "copier.yml").read_text("utf-8"))
QUESTIONS = {name: q for name, q in SETTINGS.items() if "help" in q}
SUPPORTED = [f"3.{minor}" for minor in range(11, 16)]
INSTALLED = [python for python in SUPPORTED if commands.installed(python)]


class Variant(NamedTuple):
    """The answers that decide which samples there are."""

    http_client: str
    database: str
    uvloop: bool = False
    docs: bool = False

    def __str__(self) -> str:
        more = [name for name in ("uvloop", "docs") if getattr(self, name)]
        return "-".join([self.http_client, self.database, *more])


DEFAULT = Variant("aiohttp", "sqlite")
OTHERS = Variant("httpx2", "postgresql", uvloop=True, docs=True)
"""What the default leaves out: both together have all that there is."""


class Render(Protocol):
    """`render(**answers)` returns the path of a new project, in a fresh folder if none is given."""

    def __call__(
        self, folder: Path | None = None, /, **answers: str | bool
    ) -> Path: ...


class Run(Protocol):
    """`run(project, *command)` returns what the command printed."""

    def __call__(
        self, project: Path, *command: str | Path, python: str | None = None
    ) -> str: ...


def copied(project: Path, folder: Path) -> Path:
    """Copy a project into a folder; `uv run` gives the copy its own environment."""
    ignored = ignore_patterns(".venv", "dist", ".*_cache")
    return Path(copytree(project, folder / project.name, ignore=ignored))
