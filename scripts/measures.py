"""What is measured of a project that a template makes, for compare.py."""

import ast
import json
import re
import subprocess
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from tests.support import commands


def call(folder: Path, *command: str | Path) -> str:
    """Return what a command printed, without asking any question."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**commands.environment(), "UV_PYTHON": ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


def metadata(project: Path) -> dict[str, Any]:
    """Return what a project says of itself."""
    return dict(tomllib.loads(texts(project, "pyproject.toml")[0])["project"])


def texts(project: Path, *patterns: str) -> list[str]:
    """Return the texts of a project's files of these names."""
    return [f.read_text("utf-8") for one in patterns for f in project.glob(one)]


def files(project: Path) -> list[Path]:
    """Return the files of a project, without git's."""
    found = (path for path in project.rglob("*") if path.is_file())
    return [path for path in found if ".git" not in path.relative_to(project).parts]


def lines(of: Iterable[Path]) -> int:
    """Return how many lines files have."""
    return sum(path.read_bytes().count(b"\n") for path in of)


RUNNERS = {
    "duty": ("duties.py",),
    "hatch": ("pyproject.toml", r"^\[tool\.hatch\.envs\..*scripts\]"),
    "just": ("[Jj]ustfile",),
    "make": ("Makefile",),
    "mise": ("mise.toml", r"^\[tasks"),
    "nox": ("noxfile.py",),
    "poe": ("pyproject.toml", r"^\[tool\.poe\.(groups|tasks)\b"),
    "tox": ("tox.ini",),
    "tox ": ("pyproject.toml", r"^\[tool\.tox\b"),
}
"""Task runners: the file of their tasks, and what it has to say."""


def task_runners(project: Path) -> str:
    """Return the task runners that have their tasks in a project."""
    found = {
        name.strip()
        for name, (file, *says) in RUNNERS.items()
        for text in texts(project, file)
        if not says or re.search(says[0], text, re.MULTILINE)
    }
    return ", ".join(sorted(found)) or "none"


def updater_of_actions(project: Path) -> str:
    """Return the bot that raises the versions of a project's actions."""
    dependabot = "".join(texts(project, ".github/dependabot.y*ml"))
    renovate = texts(
        project, "renovate.json*", ".github/renovate.json*", ".renovaterc*"
    )
    if re.search(r"github-actions", dependabot):
        return "Dependabot"
    return "Renovate" if renovate else "none"


def docs_by_default(project: Path) -> str:
    """Return whether a project has the sources of a documentation site."""
    tools = (
        "docs/conf.py",
        "docs/source/conf.py",
        "mkdocs.yml",
        "zensical.toml",
        "docs/*.md",
    )
    return "yes" if any(list(project.glob(tool)) for tool in tools) else "no"


def share(found: Iterable[bool]) -> str:
    """Return how many there are, and for how many it is true."""
    all_ = list(found)
    return f"{sum(all_)} of {len(all_)}"


def async_tests(project: Path) -> int:
    """Count the async tests."""
    nodes = (n for text in texts(project, "**/*.py") for n in ast.walk(ast.parse(text)))
    found = (n.name for n in nodes if isinstance(n, ast.AsyncFunctionDef))
    return sum(name.startswith("test") for name in found)


def asyncio_mode(project: Path) -> str:
    """Return the mode of pytest-asyncio that is set."""
    settings = texts(project, "**/pytest.*", "*.toml", "tox.ini", "setup.cfg")
    modes = re.findall(r'^asyncio_mode *= *"?(\w+)', "\n".join(settings), re.MULTILINE)
    return modes[0] if modes else "not set"


def pinned_actions(project: Path) -> str:
    """Return how many actions are pinned to a commit, which cannot change."""
    form = re.compile(r"^[\s-]*uses:\s*[\"']?([^\s\"'#.][^\s\"'#]*)", re.MULTILINE)
    used = form.findall("\n".join(texts(project, ".github/**/*.y*ml")))
    return share(re.search(r"@[0-9a-f]{40}$", action) is not None for action in used)


def permissions(project: Path) -> str:
    """Return how many workflows set permissions at their top."""
    workflows = map(yaml.safe_load, texts(project, ".github/workflows/*.y*ml"))
    return share("permissions" in workflow for workflow in workflows)


def zizmor_findings(project: Path) -> int:
    """Count what zizmor, as it is without settings, finds to be easy to attack."""
    how = ("--offline", "--no-config", "--no-exit-codes", "--format=json")
    found = json.loads(call(project, "zizmor", *how, "."))
    return sum(not one["ignored"] for one in found)
