"""What a copy to green downloads when all caches are cold, and why: from uv's own lock."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ground import commands
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.tags import Tag, sys_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from rows import table

REASONS = {
    "aiohttp": "the HTTP client of the samples, and their server in the tests",
    "aiosqlite": "the database of the samples",
    "blockbuster": "the guard: which call blocks the event loop",
    "flit_core": "builds the package, and needs nothing itself",
    "mypy": "the types, and what nobody awaits",
    "prek": "runs all checks, side by side, and the hooks of git",
    "pytest": "runs the tests",
    "pytest-asyncio": "runs async tests",
    "pytest-cov": "the gate of the coverage",
    "pytest-socket": "fails a test that reaches another machine",
    "pytest-timeout": "ends what hangs outside of the event loop",
    "ruff": "the linter and the formatter",
}
"""Why each direct dependency is there."""

BUILDER = "setuptools"
"""What builds a package that is there as source only, and does not say what builds it."""

Packages = dict[str, "Package"]


@dataclass(frozen=True)
class Package:
    """A package of a lock that is installed here."""

    size: int
    """The bytes that are downloaded for it."""

    needs: frozenset[str]


def locked(project: Path) -> Packages:
    """Return the packages that `uv sync` installs, and those that it builds the others with."""
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    lock = with_builders(project, *settings["build-system"]["requires"])
    if any(is_source(package) for package in lock):
        lock = with_builders(project, BUILDER)
    return {
        package["name"]: Package(
            size_of(package),
            needs_of(package) | ({BUILDER} if is_source(package) else set()),
        )
        for package in lock
    }


def with_builders(project: Path, *builders: str) -> list[dict[str, Any]]:
    """Return the lock of a project that asks for what builds packages, too."""
    add = ("--quiet", "--no-sync", "--group", "build")
    commands.run(project, "uv", "add", *add, *builders)
    lock = tomllib.loads((project / "uv.lock").read_text("utf-8"))
    packages: list[dict[str, Any]] = lock["package"]
    return packages


def is_source(package: dict[str, Any]) -> bool:
    """Tell whether there is nothing but the source of a package."""
    return "sdist" in package and not package.get("wheels")


def size_of(package: dict[str, Any]) -> int:
    """Return the bytes of the wheel that fits best here, else of the source; of the project none."""
    order = {tag: place for place, tag in enumerate(sys_tags())}
    fitting = [
        (min(order[tag] for tag in tags), int(wheel["size"]))
        for wheel in package.get("wheels", ())
        if (tags := tags_of(wheel) & order.keys())
    ]
    return min(fitting)[1] if fitting else package.get("sdist", {"size": 0})["size"]


def tags_of(wheel: dict[str, Any]) -> frozenset[Tag]:
    """Return what a wheel is for."""
    return parse_wheel_filename(wheel["url"].rpartition("/")[2])[3]


def needs_of(package: dict[str, Any]) -> frozenset[str]:
    """Return what a package needs on this machine, its groups included."""
    groups = [
        package.get("dependencies", ()),
        *package.get("dev-dependencies", {}).values(),
        *package.get("optional-dependencies", {}).values(),  # Those that are asked for.
    ]
    listed = [need for group in groups for need in group]
    return frozenset(
        need["name"]
        for need in listed
        if "marker" not in need or Marker(need["marker"]).evaluate()
    )


def closure(packages: Packages, name: str) -> frozenset[str]:
    """Return a package and all that it needs."""
    found, todo = set[str](), {name}
    while todo:
        found |= todo
        todo = {need for one in todo for need in packages[one].needs} - found
    return frozenset(found)


def direct(project: Path) -> set[str]:
    """Return the names of what a project itself asks for."""
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    asked = [
        *settings["project"]["dependencies"],
        *settings["build-system"]["requires"],
    ]
    for group in settings["dependency-groups"].values():
        asked += [one for one in group if isinstance(one, str)]
    return {Requirement(one).name for one in asked}


def weigh(project: Path, name: str) -> str:
    """Return the tables: what is installed in all, and each direct dependency with what it brings."""
    asked = sorted(direct(project))
    packages = locked(project)
    every = closure(packages, name) - {name}
    rows = []
    for one in asked:
        brought = closure(packages, canonicalize_name(one))
        others = {other for other in asked if other != one}
        kept = frozenset[str]().union(
            *(closure(packages, canonicalize_name(other)) for other in others)
        )
        size = sum(packages[package].size for package in brought)
        alone = sum(packages[package].size for package in brought - kept)
        more = ", ".join(sorted(brought - {canonicalize_name(one)})) or "nothing"
        rows.append((one, REASONS[one], more, megabytes(size), megabytes(alone)))
    total = sum(packages[package].size for package in every)
    header = ("package", "why", "brings along", "together", "without it, less")
    return f"{len(every)} packages, {megabytes(total)}:\n\n" + table(header, rows)


def megabytes(size: int) -> str:
    """Return a number of bytes as people read it."""
    return f"{size / 1e6:.2f} MB"
