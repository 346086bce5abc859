"""Graders written by others find nothing in a project but what docs/maintaining/design.md explains."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from tests.support import ROOT
from tests.support.changes import appending, replacing
from tests.support.commands import CommandError, environment, run
from tests.support.projects import Render

FULL: dict[str, str | bool] = {
    "github_user": "ada",
    "user_email": "ada@a.example",
    "docs": True,
}
"""With an address and a repository, which are never invented, and with documentation."""

CODE = "src/my_project/errors.py"
INIT = "src/my_project/__init__.py"


@pytest.fixture(scope="session")
def published(render: Render) -> Path:
    """A project with all that its page on PyPI shows, in its environment; for reading only."""
    project = render(**FULL)
    run(project, "uv", "sync", "--quiet")
    return project


def validate_pyproject(project: Path) -> None:
    """The metadata has the form that is agreed on."""
    run(project, "validate-pyproject", "pyproject.toml")


def pyroma(project: Path) -> None:
    """Nothing is missing on the page of the package, but for the owner's own keywords."""
    printed = run(project, "pyroma", "--min", "1", ".")
    _, _, findings, rating, *_ = printed.split("-" * 30)
    assert "Final rating" in rating
    assert findings.split("\n")[1:-1] == ["Your package does not have keywords data."]


def deptry(project: Path) -> None:
    """What is imported is declared, and what is declared is imported."""
    mapped = "--package-module-name-map=pytest-asyncio=pytest_asyncio"
    excluded = r"--extend-exclude=\.copier|docs/conf\.py"
    run(project, "deptry", "--no-ansi", mapped, excluded, ".")


def typos(project: Path) -> None:
    """No word is misspelt."""
    run(project, "typos", "--hidden", "--color=never")


def repo_review(project: Path) -> None:
    """Scientific Python's guide asks for nothing that our table does not answer."""
    try:
        printed = run(project, "sp-repo-review", "--format=json", ".")
    except CommandError as error:  # It has findings, then.
        printed = str(error).partition("\n")[2]
    found = json.loads(printed)["checks"]
    assert len(found) > 50
    asked = {name for name, check in found.items() if check["result"] is False}
    assert sorted(name for name in asked if not name.startswith(answered())) == []


def pyright(project: Path) -> None:
    """An editor shows no mistake and no warning."""
    python = project / ".venv/bin/python"
    run(project, "uv", "sync", "--quiet")
    printed = run(project, "pyright", "--warnings", "--pythonpath", python)
    assert "0 errors, 0 warnings, 0 informations" in printed


def verify_types(project: Path) -> None:
    """Whoever installs the package sees the type of each public name."""
    run(project, "uv", "build", "--quiet", "--clear", "--wheel")
    run(project, "uv", "venv", "--quiet", "--clear", "installed")
    python = project / "installed/bin/python"
    (wheel,) = project.glob("dist/*.whl")
    run(project, "uv", "pip", "install", "--quiet", "--python", python, wheel)
    # Pyright looks at the first Python there is, away from the source tree.
    path = f"PATH={python.parent}{os.pathsep}{environment()['PATH']}"
    verify = ("pyright", "--verifytypes", "my_project", "--ignoreexternal")
    printed = run(project / "installed", "env", path, *verify)
    assert "Type completeness score: 100%" in printed
    assert re.search(r'^Symbols exported by "my_project": [1-9]', printed, re.MULTILINE)


def answered() -> tuple[str, ...]:
    """Return how the findings begin that the page says do not apply, and why."""
    page = (ROOT / "docs/maintaining/design.md").read_text("utf-8")
    table = page.split("| finding | why it stays |")[1].split("\n\n")[0]
    return tuple(re.findall(r"^\| `sp-repo-review` ([A-Z]+\d*)", table, re.MULTILINE))


GRADERS = (
    validate_pyproject,
    pyroma,
    deptry,
    typos,
    repo_review,
    pyright,
    verify_types,
)


@pytest.mark.parametrize("grader", GRADERS)
def test_no_grader_finds_a_fault(
    published: Path, tmp_path: Path, grader: Callable[[Path], None]
) -> None:
    """Each looks at a project as it is made."""
    grader(copied(published, tmp_path))


def copied(project: Path, folder: Path) -> Path:
    """Copy a project for a test of its own."""
    ignored = ignore_patterns(".venv", ".*_cache", "uv.lock")
    return copytree(project, folder / project.name, ignore=ignored)


@pytest.mark.parametrize(
    ("grader", "breaking", "match"),
    [
        (validate_pyproject, replacing("pyproject.toml", '"README.md"', "1"), "readme"),
        (pyroma, replacing("pyproject.toml", 'readme = "README.md"\n', ""), "quite short"),
        (deptry, replacing("pyproject.toml", '    "aiosqlite>=0.22",\n', ""), "aiosqlite"),
        (deptry, replacing("pyproject.toml", '    "aiosqlite', '    "idna",\n    "aiosqlite'), "idna"),
        (typos, appending("README.md", "You recieve it.\n"), "recieve"),
        (repo_review, lambda p: (p / ".github/dependabot.yml").unlink(), "GH200"),
        (repo_review, replacing("pyproject.toml", "strict = true", "#"), "PP30"),
        (pyright, appending(CODE, "\nnumber: int = ''\n"), "reportAssignmentType"),
        (pyright, appending("tests/async_guard/findings.py", "\nimport missing\n"), "missing"),
        (verify_types, appending(INIT, "\n\ndef untyped(value):\n    return value\n"), "untyped"),
    ],
)  # fmt: skip
def test_a_grader_finds_a_fault(
    published: Path,
    tmp_path: Path,
    grader: Callable[[Path], None],
    breaking: Callable[[Path], None],
    match: str,
) -> None:
    """Each of them fails on a project that is broken on purpose."""
    project = copied(published, tmp_path)
    breaking(project)
    with pytest.raises(AssertionError, match=match):
        grader(project)


@pytest.mark.parametrize("license_", ["Apache-2.0", "Proprietary"])
@pytest.mark.parametrize("provider", ["gitlab", "none"])
def test_no_grader_of_metadata_finds_a_fault(
    render: Render, license_: str, provider: str
) -> None:
    """Whatever the license and the provider are, down to what a package without an address lacks."""
    project = render(
        license=license_,
        repository_provider=provider,
        gitlab_user="ada",
        user_email="ada@a.example",
    )
    validate_pyproject(project)
    typos(project)
    repo_review(project)
    if provider == "gitlab":
        pyroma(project)
