"""Publish each release of this repository that has no tag yet: its tag and its changelog entry.

A release is the commit that raises `version` in pyproject.toml. Needs the whole history, and
`gh` with the right to write contents. With --dry-run, it only says what it would publish.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


class HistoryError(Exception):
    """The history does not show all releases."""


def main() -> None:
    """Publish each release that has no tag, the oldest first."""
    tags = git("tag").split()
    for version, commit in releases().items():
        if version not in tags:
            notes = entry((ROOT / "CHANGELOG.md").read_text("utf-8"), version)
            print(f"{version} is {commit}")
            if "--dry-run" not in sys.argv[1:]:
                run(
                    "gh",
                    "release",
                    "create",
                    version,
                    f"--target={commit}",
                    f"--title={version}",
                    f"--notes={notes}",
                )


def releases() -> dict[str, str]:
    """Return the version and the commit of each release, the oldest first.

    Raises HistoryError if the clone is a shallow one.
    """
    if git("rev-parse", "--is-shallow-repository").strip() == "true":
        raise HistoryError(
            "the history is cut off, so that releases are missing: `git fetch --unshallow`"
        )
    found: dict[str, str] = {}
    newest: tuple[int, ...] = (0, 0, 0)  # Below every release.
    changes = ("log", "--first-parent", "--reverse", "--format=%H", "--")
    for commit in git(*changes, "pyproject.toml").split():
        settings = tomllib.loads(git("show", f"{commit}:pyproject.toml"))
        version = settings["project"]["version"]
        number = tuple(int(part) for part in version.split("."))
        if number > newest:
            found[version], newest = commit, number
    return found


def entry(changelog: str, version: str) -> str:
    """Return what a changelog says of a release; raise HistoryError if it says nothing."""
    found = re.search(
        rf"^## {re.escape(version)}\n(.*?)(?=^## |\Z)",
        changelog,
        re.MULTILINE | re.DOTALL,
    )
    if not found or not found[1].strip():
        raise HistoryError(f"CHANGELOG.md has no entry for {version}: add it, and push")
    return found[1].strip()


def git(*arguments: str) -> str:
    """Return what git prints."""
    return run("git", *arguments)


def run(*command: str) -> str:
    """Run a command in this repository and return what it printed; raise an error if it fails."""
    return subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, encoding="utf-8"
    ).stdout


if __name__ == "__main__":
    try:
        main()
    except HistoryError as error:
        sys.exit(f"Nothing is published: {error}")
