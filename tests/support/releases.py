"""The template as a repository of releases: the published ones, the working tree, and a future one."""

from pathlib import Path
from shutil import copy2, copytree, ignore_patterns

from copier import run_copy

from scripts.release import releases
from tests.support import ROOT
from tests.support.changes import replace
from tests.support.commands import run
from tests.support.edits import Edit
from tests.support.session import Store

COPIED = ("copier.yml", "includes", "template", "CHANGELOG.md")
"""What an update reads of the template."""

WORKING_TREE = "98.0.0"
TOMORROW = "99.0.0"
IDENTITY = ("-c", "user.name=Owner", "-c", "user.email=owner@a.example")

PYPROJECT = {
    '"ruff>=0.17"': '"ruff>=0.17.0"',
    '    "pytest-cov>=7.0",\n': '    "pytest-cov>=7.0.0",\n',
    "minversion = .*": 'minversion = "9.0.1"',
    "branch = true": "branch = true\nparallel = true",
    '    "PT",  .*': '    "PYI", # Improved.\n\\g<0>',
    "warn_unreachable = true": "warn_unreachable = true\nextra_checks = true",
    '    "truthy-bool",': '    "redundant-self",\n\\g<0>',
}
"""What the release to come changes in the template's part of pyproject.toml, as patterns."""


def commit(folder: Path, *tags: str) -> None:
    """Commit all that is in a folder, and tag it."""
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "add", "--all")
    message = ("--quiet", "--allow-empty", "--message=All of it")
    run(folder, "git", *IDENTITY, "commit", *message)
    for tag in tags:
        run(folder, "git", "tag", tag)


class Template:
    """A clone of the template with its releases, and what each makes."""

    def __init__(self, clone: Path, folder: Path) -> None:
        self.clone = clone
        self._store = Store(folder)

    def made(self, version: str, **answers: str | bool) -> Path:
        """Return a project that a release makes, for reading only."""

        def make(folder: Path) -> None:
            run_copy(
                str(self.clone),
                folder / "my-project",
                data=answers,
                defaults=True,
                quiet=True,
                vcs_ref=version,
            )

        key = (self.clone, version, sorted(answers.items()))
        return self._store.made(make, *key) / "my-project"

    def start(
        self, project: Path, version: str, *edits: Edit, **answers: str | bool
    ) -> Path:
        """Make a project with a release, which its owner has edited and committed."""

        def make(folder: Path) -> None:
            owned = folder / "my-project"
            copytree(self.made(version, **answers), owned)
            for edit in edits:
                edit(owned)
            commit(owned)

        names = [edit.__name__ for edit in edits]
        key = (self.clone, version, names, sorted(answers.items()))
        copytree(self._store.made(make, *key) / "my-project", project)
        return project


def make(clone: Path) -> Path:
    """Make a repository with a tag for each release, and return it.

    It has what Copier reads and nothing else, since each update clones it several times.
    """
    run(ROOT, "git", "clone", "--quiet", ROOT, clone)
    run(clone, "git", "tag", "--delete", *run(clone, "git", "tag").split())
    run(clone, "git", "checkout", "--quiet", "--orphan", "releases")
    for version, released in releases().items():
        run(clone, "git", "rm", "-r", "--force", "--quiet", ".")
        run(clone, "git", "checkout", released, "--", *COPIED)
        commit(clone, version)
    run(clone, "git", "rm", "-r", "--force", "--quiet", ".")
    copy_working_tree(clone)
    commit(clone, WORKING_TREE)
    improve(clone)
    commit(clone, TOMORROW)
    run(clone, "git", "remote", "remove", "origin")
    run(clone, "git", "reflog", "expire", "--all", "--expire=now")
    run(clone, "git", "gc", "--prune=now", "--quiet")
    return clone


def copy_working_tree(folder: Path) -> None:
    """Copy what Copier reads of this repository, as it lies here without caches, into a folder."""
    caches = ignore_patterns("__pycache__", ".*_cache")
    for name in COPIED:
        if (ROOT / name).is_dir():
            copytree(ROOT / name, folder / name, ignore=caches)
        else:
            copy2(ROOT / name, folder)


def improve(clone: Path) -> None:
    """Change every file of the template, add files and a question, and take a file away."""
    template = clone / "template"
    files = [file for file in template.rglob("*") if file.is_file()]
    for file in [*files, *clone.glob("includes/licenses/*.txt")]:
        if file.name == "pyproject.toml.jinja":
            for pattern, new in PYPROJECT.items():
                replace(file, pattern, new, most=1)
        elif file.name == "LICENSE.jinja":
            continue  # It is one of those in includes/.
        elif ".md" in file.suffixes:
            replace(file, r"^(# .*)$", "\\1\n\nImproved.", most=1)
        else:
            file.write_text(f"# Improved.\n{file.read_text('utf-8')}", "utf-8")
    (package,) = template.glob("src/*/")
    (package / "queues.py").write_text('"""A new sample."""\n', "utf-8")
    (template / "tests/test_queues.py").write_text('"""Its tests."""\n', "utf-8")
    (template / ".editorconfig.jinja").write_text("# {{ color }}\n", "utf-8")
    question = "\ncolor:\n  type: str\n  help: Which?\n  default: blue\n"
    settings = clone / "copier.yml"
    settings.write_text(settings.read_text("utf-8") + question, "utf-8")
    drop(clone, "SECURITY.md.jinja")


def drop(clone: Path, path: str) -> None:
    """Take a file away as docs/maintaining/design.md says: projects that have it keep it."""
    (clone / "template" / path).unlink()
    entry = f"_exclude:\n  - /{path.removesuffix('.jinja')}\n"
    replace(clone / "copier.yml", "_exclude:\n", entry, most=1)
