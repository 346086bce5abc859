"""Other answers in an update: followed, or refused with the way to make the change by hand."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, checks
from tests.support.answers import CHOICES, KEPT, others, those_asked
from tests.support.changes import replace
from tests.support.commands import run
from tests.support.edits import (
    coverage_gate_lowered,
    dependency_added_last,
    readme_rewritten,
    tool_added,
    version_raised,
)
from tests.support.ownership import OWNER, owners_of
from tests.support.projects import QUESTIONS
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.selection import thorough, thorough_but
from tests.support.updates import assert_kept, conflicts, tracked, update

EDITS = (coverage_gate_lowered, dependency_added_last, readme_rewritten, tool_added)
Answers = dict[str, Any]
FIRST: Answers = {"github_user": "ada"}
OTHERS = {name: others(name) for name in QUESTIONS if name not in KEPT}
"""The answers that an update may bring."""


def rows() -> list[Answers]:
    """Return rows with each other choice once, and another text for each question that is asked."""
    found = []
    for number in range(max(map(len, OTHERS.values()))):
        row = {
            name: answers[min(number, len(answers) - 1)]
            for name, answers in OTHERS.items()
            if number < len(answers) or name not in CHOICES
        }
        asked = those_asked(**row)
        found.append({name: row[name] for name in row if name in asked})
    return found


SINGLE = [
    {name: answer}
    for name, answers in OTHERS.items()
    if name in those_asked()
    for answer in answers
]


def owned(template: Template, folder: Path) -> Path:
    """Return a project that its owner has edited and committed."""
    return template.start(folder / "my-project", WORKING_TREE, *EDITS, **FIRST)


def name(change: Answers) -> str:
    """Return a change as the name of a test: of a row, with its choices."""
    chosen = {q: answer for q, answer in change.items() if q in CHOICES}
    named = "-".join(f"{q}={answer}" for q, answer in (chosen or change).items())
    return named if len(change) == 1 else f"{named}-texts"


@pytest.mark.parametrize(
    "change", [*rows()[:2], *map(thorough, [*rows()[2:], *SINGLE])], ids=name
)
def test_files_follow_a_changed_answer(
    template: Template, tmp_path: Path, change: Answers
) -> None:
    """All that the template owns does, and what the owner wrote stays."""
    project = owned(template, tmp_path)
    before = tracked(project)
    update(project, WORKING_TREE, **change)
    made = template.made(WORKING_TREE, **FIRST)
    given = {n: a for n, a in checks.answers(made).items() if n in QUESTIONS}
    updated = template.made(WORKING_TREE, **given | change)
    gone = checks.files(made) - checks.files(updated)
    assert [file for file in gone if OWNER in owners_of(file)] == []
    kept = {name: text for name, text in before.items() if name not in gone}
    brought = checks.files(updated) - checks.files(made)
    owned_now = {
        n: (updated / n).read_bytes() for n in brought if OWNER in owners_of(n)
    }
    assert_kept(project, owned_now | kept, made, updated)
    # In the owner's code, ruff asks for the syntax of a newer Python, and can write it.
    newer = ("--fix", "--unsafe-fixes") if "python_min" in change else ()
    run(project, "ruff", "check", *newer)


def test_an_answer_conflicts_with_an_edit_of_the_next_line(
    template: Template, tmp_path: Path
) -> None:
    """The description stands below the version: if both changed, git names the file."""
    project = owned(template, tmp_path)
    version_raised(project)
    commit(project)
    update(project, WORKING_TREE, description="Does more.")
    assert conflicts(project) == {"pyproject.toml"}


@pytest.mark.parametrize("version", thorough_but(["0.2.0", WORKING_TREE], "0.2.0"))
@pytest.mark.parametrize("question", KEPT)
def test_an_update_refuses_an_answer_that_shaped_owned_files(
    template: Template, tmp_path: Path, version: str, question: str
) -> None:
    """Before anything is touched, even if the release had no such question."""
    answer = others(question)[-1]
    project = template.start(tmp_path / "my-project", version)
    before = tracked(project)
    with pytest.raises(
        ValueError, match=rf"'{question}': Keep .* not for \"{answer}\".* by hand"
    ):
        update(project, WORKING_TREE, **{question: answer})
    assert tracked(project) == before
    assert run(project, "git", "status", "--porcelain", "--ignored") == ""


@pytest.mark.parametrize("version", thorough_but(["0.4.0", "0.10.0"], "0.10.0"))
def test_a_choice_that_is_no_longer_offered_is_kept(
    template: Template, tmp_path: Path, version: str
) -> None:
    """By an update from the first release that asked, and by one that gives the answer again."""
    answers: Answers = {"http_client": "httpx"}
    project = template.start(tmp_path / "my-project", version, **answers)
    before = tracked(project)
    update(project, WORKING_TREE)
    made = template.made(version, **answers)
    assert_kept(project, before, made, template.made(WORKING_TREE, **answers))
    assert checks.answers(project)["http_client"] == "httpx"
    commit(project)
    update(project, WORKING_TREE, **answers)
    assert run(project, "git", "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (question, answer) if question == KEPT[0] else thorough(question, answer)
        for question in KEPT
        for answer in others(question)
    ],
)
def test_an_answer_changed_in_its_file_alone_changes_nothing_else(
    template: Template, tmp_path: Path, question: str, answer: str
) -> None:
    """The code, and what it depends on, still fit each other, or git says where to choose."""
    project = template.start(tmp_path / "my-project", WORKING_TREE)
    replace(
        project / ".copier-answers.yml", f"^{question}: .*", f"{question}: {answer}"
    )
    commit(project)
    before = tracked(project)
    update(project, TOMORROW)
    assert conflicts(project) <= {"pyproject.toml"}
    run(
        project, "git", "checkout", "--ours", *conflicts(project), ".copier-answers.yml"
    )
    after = tracked(project)
    code = {name for name in before if name.startswith(("src/", "tests/test_"))}
    assert {name: after[name] for name in code} == {name: before[name] for name in code}
    old, new = (
        tomllib.loads(files["pyproject.toml"].decode()) for files in (before, after)
    )
    assert new["project"] == old["project"]
    assert new["tool"]["flit"] == old["tool"]["flit"]
    groups = old["dependency-groups"]["test"], old["dependency-groups"]["types"]
    for group, kept in zip(("test", "types"), groups, strict=True):
        assert len(new["dependency-groups"][group]) == len(kept)


def test_a_package_is_renamed_by_hand(template: Template, tmp_path: Path) -> None:
    """As the refusal says; the next update then starts from the new name."""
    project = template.start(tmp_path / "my-project", WORKING_TREE)
    run(project, "git", "mv", "src/my_project", "src/other")
    for name in tracked(project):
        text = (project / name).read_text("utf-8").replace("my_project", "other")
        (project / name).write_text(text.replace("MY_PROJECT", "OTHER"), "utf-8")
    commit(project)
    update(project, WORKING_TREE)
    assert run(project, "git", "status", "--porcelain") == ""
    checks.suite(project)


def test_an_update_refuses_a_removed_choice(template: Template, tmp_path: Path) -> None:
    """Copier would take the default instead; the refusal says how to choose another."""
    answers = {"python_min": "3.11"}
    project = template.start(tmp_path / "my-project", WORKING_TREE, **answers)
    later = tmp_path / "template"
    run(tmp_path, "git", "clone", "--quiet", template.clone, later)
    settings = later / "copier.yml"
    text = settings.read_text("utf-8").replace('["3.11", ', "[")
    settings.write_text(text.replace('default: "3.11"', 'default: "3.12"'), "utf-8")
    commit(later, "100.0.0")
    replace(project / ".copier-answers.yml", "^_src_path: .*", f"_src_path: {later}")
    commit(project)

    with pytest.raises(
        ValueError, match=r"'python_min': Correct .* --data: \"3\.11\" is not"
    ):
        update(project, "100.0.0")
    assert run(project, "git", "status", "--porcelain") == ""
    update(project, "100.0.0", python_min="3.13")
    assert checks.answers(project)["python_min"] == "3.13"


@pytest.mark.parametrize(
    "changed", thorough_but([(), ("--data=license=GPL-3.0-or-later",)], ())
)
def test_the_message_shows_where_to_read_on(
    template: Template, tmp_path: Path, changed: tuple[str, ...]
) -> None:
    """It names the template and pages that exist, and its command shows new samples."""
    project = owned(template, tmp_path)
    to = f"--vcs-ref={WORKING_TREE}"
    printed = run(project, "copier", "update", "--defaults", to, *changed)
    message = printed[printed.index("\nUpdated.") :]
    assert f"\n  {template.clone}\n" in message
    pages = re.findall(r"[\w/]+\.md\b", message)
    assert pages == ["docs/update.md", "CHANGELOG.md"]
    assert [page for page in pages if not (ROOT / page).is_file()] == []

    (command,) = re.findall(r"^ +uvx (copier copy .*)$", message, re.MULTILINE)
    run(project, *command.split(), to)
    new = tmp_path / "my-project-new"
    assert checks.files(new) == checks.files(project)
    assert checks.answers(new) == checks.answers(project)


def test_the_message_offers_samples_only_to_a_project_with_samples(
    template: Template, tmp_path: Path
) -> None:
    """A package that adopted the template, with `none` for both, has none."""
    answers = {"http_client": "none", "database": "none"}
    project = template.start(tmp_path / "my-project", WORKING_TREE, **answers)
    printed = run(
        project, "copier", "update", "--defaults", f"--vcs-ref={WORKING_TREE}"
    )
    assert "Updated." in printed
    assert "copier copy" not in printed
