"""Tells of a newer release of the template that this project was made from.

Prints what the release brings, and exits with 2, or with 0 where there is none. With --issue, it
keeps one open issue on GitHub that says the same instead, and exits with 0.
"""

# /// script
# requires-python = ">=3.11"
# dependencies = ["copier>=9.18.0", "packaging", "pyyaml"]
# ///

import json
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from packaging.version import InvalidVersion, Version

ANSWERS = Path(".copier-answers.yml")
SHORT = {"gh:": "https://github.com/", "gl:": "https://gitlab.com/", "git+": ""}
"""How Copier abbreviates the addresses of repositories."""

MARK = "<!-- template-update -->"
"""By this in its body an issue is known again."""

LONGEST = 60_000
"""Characters of an issue; GitHub takes 65,536."""


def main() -> int:
    """Look, and tell."""
    told = news()
    if "--issue" in sys.argv[1:]:
        keep_issue(told)
        return 0
    print(told or "This project has the newest release of its template.")
    return 2 if told else 0


def news() -> str:
    """Return what the newest release brings to this project; nothing where it has it."""
    source = str(yaml.safe_load(ANSWERS.read_text("utf-8"))["_src_path"])
    try:
        printed = run("copier", "check-update", "--output-format=json")
        found = json.loads(printed)
        if not found["update_available"]:
            return ""
        current, latest = found["current_version"], found["latest_version"]
        changes = entries(changelog(source, latest), current, latest)
    except subprocess.CalledProcessError as error:
        # The last line is the one below a traceback of Copier's.
        *_, reason = error.stderr.strip().splitlines() or ["it said nothing"]
        sys.exit(
            f"The template at {source} cannot be looked at: {reason}\n"
            f"If `_src_path` in {ANSWERS} is a folder of one machine, write the address of the "
            "template's repository there, and commit."
        )
    return (
        f"Release {latest} of the template is out, and this project has {current}. "
        "With everything committed, `uvx copier update` brings this:\n\n"
        f"{changes or 'The template has no changelog.'}"
    )


def changelog(source: str, version: str) -> str:
    """Return the changelog of a release of the template; nothing where it has none."""
    address = source
    for short, long in SHORT.items():
        if source.startswith(short):
            address = long + source.removeprefix(short)
    tags = re.findall(
        r"refs/tags/(\S+)$", run("git", "ls-remote", "--tags", address), re.MULTILINE
    )
    (tag, *_) = (tag for tag in tags if parsed(tag) == Version(version))
    with TemporaryDirectory() as folder:
        run("git", "clone", "--quiet", "--depth=1", f"--branch={tag}", address, folder)
        file = Path(folder, "CHANGELOG.md")
        return file.read_text("utf-8") if file.exists() else ""


def entries(text: str, current: str, latest: str) -> str:
    """Return the entries of a changelog above one release, up to another."""
    found = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return "".join(
        entry
        for entry in found
        if (heading := re.match(r"## \[?([^\s\]]+)", entry))
        and (version := parsed(heading[1]))
        and Version(current) < version <= Version(latest)
    ).strip()


def keep_issue(told: str) -> None:
    """Open an issue, bring the one there is up to date, or close it where it is done with."""
    listed = run(
        "gh", "issue", "list", "--state=open", "--limit=1000", "--json=number,body"
    )
    numbers = [
        str(issue["number"]) for issue in json.loads(listed) if MARK in issue["body"]
    ]
    title = "--title=Update from the template"
    body = f"--body={told[:LONGEST]}\n\n{MARK}"
    if told and numbers:
        run("gh", "issue", "edit", numbers[0], title, body)
    elif told:
        run("gh", "issue", "create", title, body)
    else:
        for number in numbers:
            run("gh", "issue", "close", number)


def parsed(text: str) -> Version | None:
    """Return the version that a text is, if it is one."""
    try:
        return Version(text)
    except InvalidVersion:
        return None


def run(*command: str) -> str:
    """Run a command and return what it printed; raise an error where it fails."""
    return subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8"
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
