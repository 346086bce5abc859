"""This repository's pages, settings and workflows agree with each other."""

import re
import tomllib
from typing import Any

import pytest
import yaml

from tests.support import ROOT, checks
from tests.support.commands import run
from tests.support.ownership import OWNER, left_alone, matches, owners, owners_of
from tests.support.projects import DEFAULT, OTHERS, Render


def read(name: str) -> str:
    """Return the text of a file of this repository."""
    return (ROOT / name).read_text("utf-8")


def test_the_readme_is_short() -> None:
    """What goes deeper is a page of its own."""
    assert len(read("README.md").splitlines()) <= 150


def test_the_readme_lists_the_questions() -> None:
    """Each question that can be asked has its row, with its default and choices."""
    settings = yaml.safe_load(read("copier.yml"))
    asked = {k: v for k, v in settings.items() if k[0] != "_"}
    table = read("README.md").split("| question |")[1].split("\n\n")[0]
    assert re.findall(
        r"`(\w+_\w+|description|license|database|uvloop|docs)`(?=[^|]*\| )", table
    ) == list(asked)
    for question in asked.values():
        assert question["help"].endswith("?")
        assert "\n" not in question["help"]
        assert "default" in question
        order = ["type", "help", "choices", "default", "validator", "when"]
        assert list(question) == [key for key in order if key in question]
        assert all(f"`{choice}`" in table for choice in question.get("choices", []))


def test_ci_tests_the_oldest_copier() -> None:
    """The version that the template asks for is a version that it is tested with."""
    oldest = yaml.safe_load(read("copier.yml"))["_min_copier_version"]
    workflow = yaml.safe_load(read(".github/workflows/ci.yml"))
    versions = workflow["jobs"]["tests"]["strategy"]["matrix"]["copier"]
    assert versions == [f"=={oldest}", f">={oldest}"]
    assert f'"copier>={oldest}"' in read("pyproject.toml")


RENDERINGS: list[dict[str, Any]] = [
    {**DEFAULT._asdict(), "repository_provider": "github"},
    {**OTHERS._asdict(), "repository_provider": "gitlab"},
    {"repository_provider": "none"},
]


@pytest.mark.parametrize(
    "answers", RENDERINGS, ids=lambda one: "-".join(map(str, one.values()))
)
def test_every_generated_file_has_one_owner(
    render: Render, answers: dict[str, Any]
) -> None:
    """The table in CONTRIBUTING.md and the exclusions in copier.yml agree on each file."""
    patterns = left_alone(yaml.safe_load(read("copier.yml")))
    for file in checks.files(render(**answers)):
        (who,) = owners_of(file)
        untouched = any(matches(pattern, file) for pattern in patterns)
        assert untouched == (who == OWNER), file


def test_every_row_of_the_table_is_about_a_file(render: Render) -> None:
    """The table does not speak of files that there are none of."""
    files = {file for answers in RENDERINGS for file in checks.files(render(**answers))}
    for pattern in owners():
        assert any(matches(f"/{pattern}", file) for file in files), pattern


def test_a_version_has_its_entry_in_the_changelog() -> None:
    """Whoever updates can read what the release brings."""
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    entries = re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)
    assert entries[:1] == ([] if version == "0.0.0" else [version])


def test_no_registry_is_named() -> None:
    """Where packages come from is for those who install to say, here and in the projects."""
    hosts = "|".join(("pypi", "pythonhosted", "npmjs"))
    named = rf"({hosts})\.(org|com)"
    files = run(ROOT, "git", "ls-files", "-z").split("\0")[:-1]
    assert [
        file for file in files if re.search(named, (ROOT / file).read_text("utf-8"))
    ] == []


@pytest.mark.parametrize("name", ["uv.lock", "poetry.lock", "package-lock.json"])
def test_no_lock_file_is_committed(name: str) -> None:
    """Locks belong to those who install, here and in the projects."""
    assert run(ROOT, "git", "ls-files", f"*{name}") == ""


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/adopt.md",
        "docs/comparison.md",
        "docs/guard.md",
        "docs/maintaining/performance.md",
        "docs/update.md",
    ],
)
def test_every_link_leads_somewhere(page: str) -> None:
    """A page or an image that another one links is there."""
    links = re.findall(r"\]\((?!http)([^)]+)\)", read(page))
    assert [
        link for link in links if not (ROOT / page).parent.joinpath(link).exists()
    ] == []


def test_the_pages_list_the_checks_of_the_guard() -> None:
    """Each check that can be turned off has its row, here and in the project."""
    settings = read("template/tests/async_guard/settings.py")
    names = re.findall(r'^    "(\w+)": "', settings, re.MULTILINE)
    assert len(names) == 10
    for page in ("docs/guard.md", "template/CONTRIBUTING.md.jinja"):
        table = read(page).split("| check |")[1].split("\n\n")[0]
        assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == names
