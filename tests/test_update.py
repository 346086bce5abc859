"""`copier update`: improvements arrive, and what the owner wrote stays as it is."""

import re
import shlex
import sys
from pathlib import Path
from shutil import copytree

import checks
import commands
import pytest
from conftest import Run
from copier import run_copy, run_update
from pytest_copier.plugin import CopierFixture

ADOPT = (Path(__file__).parents[1] / "docs/adopt.md").read_text("utf-8")
IDENTITY = ("-c", "user.name=Owner", "-c", "user.email=owner@a.example")


def commit(folder: Path, run: Run, *tag: str) -> None:
    """Commit all that is in a folder, and tag it."""
    run(folder, "git", "init", "--quiet")
    run(folder, "git", "add", "--all")
    run(
        folder,
        "git",
        *IDENTITY,
        "commit",
        "--quiet",
        "--allow-empty",
        "--message",
        "All of it",
    )
    for name in tag:
        run(folder, "git", "tag", name)


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text that the file has."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def releases(copier_template: Path, tmp_path: Path, run: Run) -> Path:
    """A clone of the template whose only release is 1.0.0."""
    clone = tmp_path / "template"
    copytree(copier_template, clone, ignore=lambda *_: {".git"})
    commit(clone, run, "1.0.0")
    return clone


@pytest.fixture
def owned(releases: Path, tmp_path: Path, run: Run) -> Path:
    """A project made from release 1.0.0, and committed."""
    project = tmp_path / "my-project"
    answers = {
        "description": 'A "q" \\ {{ b }}',
        "user_name": "Ada {% x %}",
        "license": "GPL-3.0-or-later",
    }
    run_copy(str(releases), project, data=answers, defaults=True, quiet=True)
    commit(project, run)
    return project


def release(releases: Path, run: Run) -> None:
    """Make release 2.0.0, which changes files of either owner and adds a setting."""
    template = releases / "template"
    for sample in template.glob("src/*/*.py"):
        edit(sample, '"""', '"""Improved: ')
    for name in (
        "README.md.jinja",
        "CHANGELOG.md",
        "tests/conftest.py.jinja",
        "tests/test_client.py.jinja",
    ):
        edit(template / name, "\n", "\nImproved\n")
    edit(template / ".gitignore", "# Python\n", "# Python\n.pytype/\n")
    edit(
        template / "pyproject.toml.jinja",
        "branch = true",
        "branch = true\nparallel = true",
    )
    commit(releases, run, "2.0.0")


def update(project: Path, run: Run) -> None:
    """Update to the newest release, without trust; a conflict fails, whatever Copier exits with."""
    run_update(project, defaults=True, overwrite=True, quiet=True, unsafe=False)
    assert run(project, "git", "ls-files", "--unmerged") == ""
    assert "<<<<<<<" not in "".join(
        p.read_text("utf-8") for p in project.rglob("*.toml")
    )
    assert list(project.rglob("*.rej")) == []


def test_an_update_brings_the_template_s_improvements(
    releases: Path, owned: Path, run: Run
) -> None:
    """The template's files follow the release; the owner's files, edited or not, do not."""
    before = {name: (owned / name).read_bytes() for name in checks.files(owned)}
    release(releases, run)
    update(owned, run)
    after = {name: (owned / name).read_bytes() for name in checks.files(owned)}
    changed = {
        name for name in before.keys() | after if before.get(name) != after.get(name)
    }
    assert changed == {".copier-answers.yml", ".gitignore", "pyproject.toml"}
    assert ".pytype/\n" in (owned / ".gitignore").read_text("utf-8")
    assert "parallel = true" in (owned / "pyproject.toml").read_text("utf-8")


def test_an_update_keeps_the_answers(releases: Path, owned: Path, run: Run) -> None:
    """Text that looks like a template is kept as text; only the version is new."""
    before = checks.answers(owned)
    release(releases, run)
    update(owned, run)
    assert checks.answers(owned) == before | {"_commit": "2.0.0"}


def test_an_update_keeps_the_owner_s_edits(
    releases: Path, owned: Path, run: Run
) -> None:
    """Rewritten, extended and deleted files stay so, and both sides' lines are merged."""
    (owned / "README.md").write_text("# Mine\n", "utf-8")
    (owned / "src/my_project/streams.py").unlink()
    (owned / "tests/test_streams.py").unlink()
    (owned / "src/my_project/own.py").write_text("OWN = 1\n", "utf-8")
    edit(
        owned / "pyproject.toml",
        '    "aiohttp>=3.14",\n',
        '    "aiohttp>=3.14",\n    "attrs",\n',
    )
    edit(owned / "pyproject.toml", 'version = "0.1.0"', 'version = "1.2.3"')
    with (owned / ".gitignore").open("a", encoding="utf-8") as ignored:
        ignored.write("secrets/\n")
    commit(owned, run)

    release(releases, run)
    update(owned, run)
    assert (owned / "README.md").read_text("utf-8") == "# Mine\n"
    assert not (owned / "src/my_project/streams.py").exists()
    assert not (owned / "tests/test_streams.py").exists()
    assert (owned / "src/my_project/own.py").read_text("utf-8") == "OWN = 1\n"
    settings = (owned / "pyproject.toml").read_text("utf-8")
    assert all(
        line in settings
        for line in ('    "attrs",\n', 'version = "1.2.3"\n', "parallel = true\n")
    )
    ignored_lines = (owned / ".gitignore").read_text("utf-8").splitlines()
    assert {".pytype/", "secrets/"} <= set(ignored_lines)


def test_a_conflict_is_found(releases: Path, owned: Path, run: Run) -> None:
    """Where both sides change one line, the file is named, and the update can be taken back."""
    edit(owned / "pyproject.toml", "branch = true", "branch = true # Mine.")
    commit(owned, run)
    edit(
        releases / "template/pyproject.toml.jinja",
        "branch = true",
        "branch = true # Theirs.",
    )
    commit(releases, run, "2.0.0")
    with pytest.raises(AssertionError):
        update(owned, run)
    assert "both modified:   pyproject.toml" in run(owned, "git", "status")

    run(owned, "git", "reset", "--quiet", "--hard")
    assert run(owned, "git", "status", "--porcelain") == ""
    assert "# Mine." in (owned / "pyproject.toml").read_text("utf-8")


def test_an_update_with_nothing_new_changes_nothing(
    copier: CopierFixture, tmp_path: Path, run: Run
) -> None:
    """The same release, rendered again over the project, is the same project."""
    first = copier.copy(tmp_path / "my-project")
    commit(first.path, run)
    first.update()
    assert run(first.path, "git", "status", "--porcelain") == ""


BACKENDS = {
    "flit_core": """
[build-system]
requires = ["flit_core>=4"]
build-backend = "flit_core.buildapi"
""",
    "hatchling": """
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[tool.hatch.build.targets.wheel]
packages = ["src/old_package"]
""",
    "setuptools": """
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"

[tool.setuptools.packages.find]
where = ["src"]
""",
}
OLD_PROJECT = """
[project]
name = "old-package"
version = "3.2.1"
description = "An old package."
requires-python = ">=3.11"
dependencies = ["aiosqlite", "attrs"]

[project.optional-dependencies]
more = ["attrs"]
"""


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_existing_package_is_adopted(
    releases: Path, tmp_path: Path, run: Run, backend: str
) -> None:
    """As the README says it: code, tests, pages and metadata stay, and updates arrive."""
    old = tmp_path / "old-package"
    own = {
        "README.md": "# Old\n",
        "CONTRIBUTING.md": "Sign first.\n",
        "LICENSE": "Ask us.\n",
        "src/old_package/__init__.py": "def answer() -> int:\n    return 42\n",
        "tests/test_old.py": "import pytest\nfrom old_package import answer\n\n\n@pytest.mark.slow\n"
        "def test_answer() -> None:\n    assert answer() == 42\n",
    }
    kept = f"{BACKENDS[backend]}{OLD_PROJECT}"
    for name, text in {**own, "pyproject.toml": kept}.items():
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        (old / name).write_text(text, "utf-8")
    commit(old, run)

    line = next(line for line in ADOPT.splitlines() if "--overwrite" in line)
    words = shlex.split(line.removeprefix("uvx copier "))[:-2]
    run(old, sys.executable, "-m", "copier", *words, "--defaults", releases, ".")
    new = (old / "pyproject.toml").read_text("utf-8")
    rest = new[new.index("[dependency-groups]") :]
    rest = re.sub(r"\[tool\.flit\.(.|\n)*?\n\n", "", rest)
    marker = 'asyncio_mode = "auto"'
    rest = rest.replace(marker, f'markers = ["slow: takes long"]\n{marker}')
    (old / "pyproject.toml").write_text(f"{kept}\n{rest}", "utf-8")
    run(old, "uv", "run", "--quiet", "pytest")
    commit(old, run)

    release(releases, run)
    update(old, run)
    assert {name: (old / name).read_text("utf-8") for name in own} == own
    settings = (old / "pyproject.toml").read_text("utf-8")
    assert settings.startswith(kept)
    assert "slow: takes long" in settings
    assert "parallel = true" in settings
    run(old, "uv", "run", "--quiet", "pytest")


def released(version: str) -> str:
    """Return the commit of a release: the one that raised the version to it."""
    root = Path(__file__).parents[1]
    search = ("log", "--reverse", "--format=%H", f'-Sversion = "{version}"')
    commits = commands.run(root, "git", *search, "--", "pyproject.toml").split()
    assert commits, (
        f"the history has no release {version}: fetch it with `git fetch --unshallow`"
    )
    return commits[0]


def test_a_project_of_0_1_0_gets_the_guard(tmp_path: Path, run: Run) -> None:
    """With all that the guard needs, and with the owner's edits of both sides kept."""
    root, clone = Path(__file__).parents[1], tmp_path / "template"
    run(tmp_path, "git", "clone", "--quiet", root, clone)
    run(clone, "git", "tag", "0.1.0", released("0.1.0"))
    project = tmp_path / "my-project"
    run_copy(str(clone), project, defaults=True, quiet=True, vcs_ref="0.1.0")
    commit(project, run)
    assert not (project / "tests/async_guard").exists()
    edit(
        project / "pyproject.toml",
        '"aiohttp>=3.14",\n',
        '"aiohttp>=3.14",\n    "attrs",\n',
    )
    edit(project / "pyproject.toml", "fail_under = 100", "fail_under = 90")
    (project / "tests/test_leak.py").write_text(
        "import asyncio\n\n\nasync def test_leak() -> None:\n"
        "    asyncio.create_task(asyncio.Event().wait())\n",
        "utf-8",
    )
    run(project, "uv", "run", "--quiet", "pytest")
    commit(project, run)

    for name in ("copier.yml", "includes", "template"):
        run(clone, "rm", "-r", name)
        run(root, "cp", "-r", name, clone)
    commit(clone, run, "0.2.0")
    update(project, run)
    with pytest.raises(
        commands.CommandError, match=r"was left running, at tests/test_leak\.py:5"
    ):
        run(project, "uv", "run", "--quiet", "pytest")
    run(project, "uv", "run", "--quiet", "pytest", "--deselect=tests/test_leak.py")
    settings = (project / "pyproject.toml").read_text("utf-8")
    assert '"attrs",' in settings
    assert "fail_under = 90" in settings
