"""Public graders find nothing in a project but what docs/maintaining/design.md explains."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT, environments
from tests.support.changes import Change, append, appending, replacing
from tests.support.commands import CommandError, environment, run
from tests.support.pages import rows_of
from tests.support.projects import Render, copied
from tests.support.selection import thorough

FULL: dict[str, str | bool] = {
    "github_user": "ada",
    "user_email": "ada@a.example",
    "docs": True,
}
"""With an address and a repository, which are never invented, and with documentation."""

EXECUTABLE = "import sys; print(sys.executable)"
CODE = "src/my_project/errors.py"
INIT = "src/my_project/__init__.py"


@pytest.fixture(scope="session")
def published(render: Render) -> Path:
    """A project with all that its page on PyPI shows; for reading only."""
    project = render(**FULL)
    environments.lock(project, environment())
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
    excluded = r"--extend-exclude=docs/conf\.py"
    run(project, "deptry", "--no-ansi", mapped, excluded, ".")


def typos(project: Path) -> None:
    """No word is misspelt."""
    run(project, "typos", "--hidden", "--color=never")


def repo_review(project: Path) -> None:
    """Scientific Python's review finds nothing but what docs/maintaining/design.md explains."""
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
    python = run(project, "uv", "run", "--quiet", "python", "-c", EXECUTABLE).strip()
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
    """Return how the codes of the findings begin that docs/maintaining/design.md explains."""
    rows = rows_of(ROOT / "docs/maintaining/design.md", "finding")
    findings = "\n".join(finding for finding, _ in rows)
    return tuple(re.findall("^`sp-repo-review` ([A-Z]+\\d*)", findings, re.MULTILINE))


GRADERS = (
    validate_pyproject,
    pyroma,
    deptry,
    typos,
    repo_review,
    verify_types,
)


@pytest.mark.parametrize("grader", [*GRADERS, thorough(pyright)])
def test_a_grader_finds_no_fault(
    published: Path, tmp_path: Path, grader: Callable[[Path], None]
) -> None:
    """Each looks at a project as it is made; pyright, which is slow, does so at night."""
    grader(copied(published, tmp_path))


def two_mistakes(project: Path) -> None:
    """Make a mistake in the package, and one in the template's code."""
    append(project / CODE, "\nnumber: int = ''\n")
    append(project / "tests/async_guard/plugin.py", "\nimport missing\n")


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
        thorough(pyright, two_mistakes, r"(?s)reportAssignmentType.*reportMissingImports.*\b2 errors, 0 warnings"),
        (verify_types, appending(INIT, "\n\ndef untyped(value):\n    return value\n"), "untyped"),
    ],
)  # fmt: skip
def test_a_grader_finds_a_fault(
    published: Path,
    tmp_path: Path,
    grader: Callable[[Path], None],
    breaking: Change,
    match: str,
) -> None:
    """Each fails on a project that is broken on purpose."""
    project = copied(published, tmp_path)
    breaking(project)
    with pytest.raises(AssertionError, match=match):
        grader(project)


@pytest.mark.parametrize(
    ("license_", "provider"),
    [
        ("Apache-2.0", "gitlab"),
        ("Proprietary", "none"),
        thorough("Apache-2.0", "none"),
        thorough("Proprietary", "gitlab"),
    ],
)
def test_a_grader_of_metadata_finds_no_fault(
    render: Render, license_: str, provider: str
) -> None:
    """With other licenses and providers; without an address, pyroma misses one."""
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
