"""Adopt the template in an existing package, by the steps of docs/adopt.md, and update it."""

import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from tests.support import ROOT
from tests.support.changes import append, replace
from tests.support.commands import run
from tests.support.pages import FENCE
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.updates import ANSWERS, conflicts, tracked, update

ADDITIONS = "pyproject.additions.toml"
PAGE = (ROOT / "docs/adopt.md").read_text("utf-8")
LATER = "100.0.0"


class Package(NamedTuple):
    """A package, and what its owner does by hand on the way."""

    name: str
    flat: bool = False
    moved: tuple[tuple[str, str], ...] = ()
    prepared: tuple[tuple[str, str], ...] = ()
    """Replacements in pyproject.toml, as patterns: `[project]`, the backend's paths."""
    needs: str = ""
    """What the tests need besides the template's groups, as TOML."""
    kept: tuple[tuple[str, str], ...] = ()
    """Replacements in the joined pyproject.toml: settings that the owner needs still."""


def block(start: str) -> str:
    """Return the block of commands of the page that begins so."""
    (found,) = (text for _, text in FENCE.findall(PAGE) if text.startswith(start))
    return str(found)


def prepared(folder: Path, package: Package) -> None:
    """Do the first step of the page."""
    commit(folder)
    for pattern, new in package.prepared:
        replace(folder / "pyproject.toml", pattern, new)
    if package.flat:
        run(folder, "sh", "-ec", block("mkdir").replace("PACKAGE", package.name))
    for old, new in package.moved:
        (folder / new).parent.mkdir(exist_ok=True)
        run(folder, "git", "mv", old, new)
    commit(folder)


def copied(folder: Path, package: Package, template: Template) -> None:
    """Do the second step; the names are given as options, instead of at the prompt."""
    names = [
        f"--data={name}={package.name}" for name in ("project_name", "package_name")
    ]
    command = block("uvx copier copy").replace("uvx ", "").rstrip()
    options = (
        f" --defaults --vcs-ref={WORKING_TREE} --data github_user=ada {' '.join(names)}"
    )
    where = command.replace("URL-OF-THIS-REPOSITORY", str(template.clone))
    run(folder, "sh", "-ec", where + options)


def joined(folder: Path, package: Package) -> str:
    """Do the third step as an owner does in an editor; return the owner's part."""
    file, additions = folder / "pyproject.toml", folder / ADDITIONS
    new = additions.read_text("utf-8")
    tables = {*re.findall(r"^\[(.+)\]$", new, re.MULTILINE), "tool.pytest"}
    parts = re.split(r"^(?=\[)", file.read_text("utf-8"), flags=re.MULTILINE)
    own = "".join(part for part in parts if part.partition("]")[0][1:] not in tables)
    file.write_text(f"{own.rstrip()}\n\n{new}", "utf-8")
    if package.needs:
        group = f'    {{ include-group = "own" }},\n]\nown = {package.needs}\n'
        replace(file, '(?<=types" },\n)\\]\n', group)
    for pattern, changed in package.kept:
        replace(file, pattern, changed, most=1)
    additions.unlink()
    return own.rstrip()


def adopt(folder: Path, package: Package, template: Template) -> str:
    """Do the steps of the page; nothing that was there changes but pyproject.toml."""
    prepared(folder, package)
    before = tracked(folder)
    copied(folder, package, template)
    status = run(folder, "git", "status", "--porcelain").splitlines()
    assert status
    assert [line for line in status if not line.startswith("??")] == []
    assert tracked(folder) == before
    own = joined(folder, package)
    commit(folder)
    after = tracked(folder)
    assert {
        n: t for n, t in after.items() if n in before and n != "pyproject.toml"
    } == {n: t for n, t in before.items() if n != "pyproject.toml"}
    return own


def later(template: Template, folder: Path) -> Path:
    """Return a clone of the template with one more release, which changes a line of all parts."""
    clone = folder / "template"
    source = ("--quiet", f"--branch={TOMORROW}", template.clone)
    run(folder, "git", "clone", *source, clone)
    for file in clone.glob("template/**/*.yml*"):
        append(file, "# Improved again.\n")
    settings = clone / "template/pyproject.toml.jinja"
    replace(settings, "^warn_unreachable = true", "\\g<0>\nlocal_partial_types = true")
    commit(clone, LATER)
    return clone


def update_twice(folder: Path, own: str, clone: Path, mine: set[str]) -> None:
    """Update; the owner's part and files stay, the template's improve, only pages conflict."""
    replace(folder / ANSWERS, "^_src_path: .*", f"_src_path: {clone}")
    commit(folder)
    kept = {
        n: t
        for n, t in tracked(folder).items()
        if re.match(r"src/|tests/test|README|CHANGE", n)
    }
    for release, setting in (
        (TOMORROW, "extra_checks"),
        (LATER, "local_partial_types"),
    ):
        update(folder, release)
        assert conflicts(folder) <= mine
        for name in conflicts(folder):
            run(folder, "git", "checkout", "--ours", name)
        commit(folder)
        assert tracked(folder).items() >= kept.items()
        text = (folder / "pyproject.toml").read_text("utf-8")
        assert text.startswith(f"{own}\n\n")
        assert tomllib.loads(text)["tool"]["mypy"][setting] is True
        assert not (folder / ADDITIONS).exists()
