"""This repository's pages, settings and workflows agree with each other."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from cmarkgfm import github_flavored_markdown_to_html

from tests.repository.test_pages import PAGES
from tests.support import ROOT, checks
from tests.support.commands import run
from tests.support.guard import CHECKS
from tests.support.ownership import OWNER, left_alone, matches, owners, owners_of
from tests.support.pages import codes, rows_of
from tests.support.pairs import offered
from tests.support.projects import DEFAULT, OTHERS, QUESTIONS, SETTINGS, Render


def read(name: str) -> str:
    """Return the text of a file of this repository."""
    return (ROOT / name).read_text("utf-8")


BUDGETS = {
    "README.md": 120,
    "CONTRIBUTING.md": 100,
    "benchmarks/*.py": 500,
    "copier.yml": 229,
}


@pytest.mark.parametrize("files", BUDGETS)
def test_a_budget_of_lines_is_kept(files: str) -> None:
    """What goes deeper is a page of its own; a harness is smaller than what it serves."""
    found = [path.read_text("utf-8") for path in ROOT.glob(files)]
    assert 0 < sum(len(text.splitlines()) for text in found) <= BUDGETS[files]


KEYS = ["type", "help", "choices", "default", "validator", "when"]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_is_well_formed(name: str) -> None:
    """One short line asks it, its keys are in order, and one call of a macro validates it."""
    question = QUESTIONS[name]
    assert list(question) == [key for key in KEYS if key in question]
    assert question.keys() >= {"help", "default", "validator"}
    assert re.fullmatch(r".{,70}\?", question["help"])
    start, _, call = question["validator"].partition("%}")
    assert start == '{% import "includes/validation.jinja" as refuse with context '
    assert re.fullmatch(r"\{\{ refuse\.\w+\(.+\) \}\}", call)


def test_the_readme_lists_the_questions() -> None:
    """Each question has its row, in their order, with its choices; two may share one."""
    rows = [*rows_of(ROOT / "README.md", "question")]
    assert [name for row in rows for name in codes(row[0])] == list(QUESTIONS)
    choices = {name: codes(" ".join(row[1:])) for row in rows for name in codes(row[0])}
    for name, question in QUESTIONS.items():
        assert set(offered(question.get("choices", []))) <= set(choices[name]), name


def test_ci_tests_the_oldest_copier() -> None:
    """The version that the template asks for is a version that it is tested with."""
    oldest = SETTINGS["_min_copier_version"]
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
    """The table in design.md and the exclusions in copier.yml agree on each file."""
    patterns = left_alone(SETTINGS)
    for file in checks.files(render(**answers)):
        (who,) = owners_of(file)
        untouched = any(matches(pattern, file) for pattern in patterns)
        assert untouched == (who == OWNER), file


def test_every_row_of_the_table_is_about_a_file(render: Render) -> None:
    """Each pattern matches a generated file."""
    files = {file for answers in RENDERINGS for file in checks.files(render(**answers))}
    for pattern in owners():
        assert any(matches(f"/{pattern}", file) for file in files), pattern


def test_a_version_has_its_entry_in_the_changelog() -> None:
    """It says what the release brings."""
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    entries = re.findall(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)
    assert entries[:1] == ([] if version == "0.0.0" else [version])


def test_no_registry_is_named() -> None:
    """Those who install decide where packages come from, here and in the projects."""
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


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    """The page or the image that a link names is there, and so is the heading."""
    html = github_flavored_markdown_to_html(read(page))
    links = re.findall(r'(?:href|src)="(?!https?:)([^"]+)"', html)
    for link in links:
        path, _, heading = link.partition("#")
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), link
        assert not heading or heading in headings(target), link


def headings(page: Path) -> set[str]:
    """Return the names by which links reach the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_contributing_names_what_is_there() -> None:
    """Each path of its tables exists: where things are, and what to change to add something."""
    page = ROOT / "CONTRIBUTING.md"
    rows = [*rows_of(page, "path"), *rows_of(page, "to add")]
    paths = [code for row in rows for code in codes(" ".join(row)) if "/" in code]
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_the_pages_list_the_checks_of_the_guard() -> None:
    """Each check that can be turned off has its row; the project's page names it."""
    assert [codes(row[0]) for row in rows_of(ROOT / "docs/guard.md", "check")] == [
        [name] for name in CHECKS
    ]
    assert {*CHECKS} <= {*codes(read("template/CONTRIBUTING.md.jinja"))}
