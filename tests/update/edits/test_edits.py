"""`copier update`: improvements arrive from every release, and what the owner wrote stays."""

import itertools
import random
from pathlib import Path
from shutil import rmtree

import pytest

from scripts.release import releases
from tests.support import ROOT
from tests.support.changes import append, replace
from tests.support.commands import CommandError, run
from tests.support.edits import EDITS, Edit, dependency_added_last, version_raised
from tests.support.ownership import OWNER, owners_of
from tests.support.pages import missing
from tests.support.projects import OTHERS, Variant
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.selection import thorough, thorough_but
from tests.support.updates import assert_kept, conflicts, contents, tracked, update

ANSWERS: dict[str, str | bool] = {
    "github_user": "ada",
    "description": 'A "q" \\ {{ b }}',
    "license": "MIT",
}
RELEASES = [*releases()]
STARTS = [RELEASES[len(RELEASES) * part // 3] for part in range(3)] + RELEASES[-1:]
"""The oldest release, two between, and the newest."""

PAIRS = random.Random(run(ROOT, "git", "rev-parse", "HEAD")).sample(
    list(itertools.combinations(EDITS, 2)), 16
)
"""Some at random; the commit decides which."""


def owned(template: Template, folder: Path, version: str, *edits: Edit) -> Path:
    """Return a project that a release made, and that its owner has edited and committed."""
    return template.start(folder / "my-project", version, *edits, **ANSWERS)


def both(template: Template, start: str, end: str) -> tuple[Path, Path]:
    """Return what two releases make of the same answers."""
    return template.made(start, **ANSWERS), template.made(end, **ANSWERS)


def check_update(
    template: Template,
    folder: Path,
    start: str,
    end: str,
    *edits: Edit,
    answers: dict[str, str | bool] = ANSWERS,
) -> Path:
    """Update an edited project from one release to another, and return it."""
    project = template.start(folder / "my-project", start, *edits, **answers)
    before = tracked(project)
    update(project, end)
    made = template.made(start, **answers)
    assert_kept(project, before, made, template.made(end, **answers))
    return project


@pytest.mark.parametrize(
    ("start", "end"),
    [
        *((start, WORKING_TREE) for start in STARTS),
        (WORKING_TREE, TOMORROW),
        *(thorough(start, WORKING_TREE) for start in RELEASES if start not in STARTS),
    ],
)
def test_all_edits_are_kept(
    template: Template, tmp_path: Path, start: str, end: str
) -> None:
    """All at once; pages that arrive name what is there. From the oldest, checks pass too."""
    project = check_update(template, tmp_path, start, end, *EDITS)
    if start == STARTS[0]:
        run(project, "uv", "run", "--quiet", "poe", "check")
    pages = [name for name in contents(project) if name.endswith(".md")]
    arrived = [name for name in pages if OWNER not in owners_of(name)]
    assert {"CONTRIBUTING.md", "SECURITY.md"} <= {*arrived}
    assert [name for page in arrived for name in missing(project, page)] == []


@pytest.mark.parametrize("start", thorough_but(STARTS, STARTS[1]))
def test_some_edits_are_kept(template: Template, tmp_path: Path, start: str) -> None:
    """A quarter of them, over a release that changes every file of the template."""
    quarter = EDITS[STARTS.index(start) :: len(STARTS)]
    check_update(template, tmp_path, start, TOMORROW, *quarter)


@pytest.mark.thorough
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_an_edit_is_kept(template: Template, tmp_path: Path, edit: Edit) -> None:
    """Each alone, from one release after the other."""
    start = RELEASES[EDITS.index(edit) % len(RELEASES)]
    check_update(template, tmp_path, start, TOMORROW, edit)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "pair", PAIRS, ids=lambda pair: "-".join(edit.__name__ for edit in pair)
)
def test_two_edits_are_kept(
    template: Template, tmp_path: Path, pair: tuple[Edit, Edit]
) -> None:
    """Each pair from one release after the other."""
    start = RELEASES[PAIRS.index(pair) % len(RELEASES)]
    check_update(template, tmp_path, start, TOMORROW, *pair)


def helpers_extended(project: Path) -> None:
    """Add lines to the template's modules of the tests, and to a workflow."""
    for name in ("database_server", "event_loops"):
        append(project / f"tests/{name}.py", "\n\ndef mine() -> None:\n    pass\n")
    append(project / ".github/workflows/template-update.yml", "          MINE: 1\n")


@pytest.mark.thorough
@pytest.mark.parametrize("start", ["0.7.0", "0.10.0"])
def test_lines_at_the_end_of_a_helper_are_kept(
    template: Template, tmp_path: Path, start: str
) -> None:
    """The helpers have other code since 1.0.0, and the last lines that they had before."""
    answers: dict[str, str | bool] = {
        "database": "postgresql",
        "uvloop": True,
        **ANSWERS,
    }
    check_update(
        template, tmp_path, start, WORKING_TREE, helpers_extended, answers=answers
    )


def poe_task_check_added(project: Path) -> None:
    """It has the name of a task that the template has since 1.0.0."""
    append(project / "pyproject.toml", '\n[tool.poe.tasks.check]\ncmd = "pytest"\n')


@pytest.mark.thorough
def test_a_poe_task_of_the_same_name_is_reported(
    template: Template, tmp_path: Path
) -> None:
    """The settings of all other tools stay readable, and poe says that there are two."""
    project = check_update(
        template, tmp_path, "0.10.0", WORKING_TREE, poe_task_check_added
    )
    run(project, "uv", "run", "--quiet", "ruff", "check")
    with pytest.raises(CommandError, match="contains task 'check' multiple times"):
        run(project, "uv", "run", "--quiet", "poe", "check")


def test_a_project_in_a_monorepo_is_updated(template: Template, tmp_path: Path) -> None:
    """The repository may begin above the project; the rest of it is left alone."""
    project = owned(template, tmp_path / "packages", WORKING_TREE, *EDITS)
    rmtree(project / ".git")
    (tmp_path / "README.md").write_text("Above.\n", "utf-8")
    commit(tmp_path)
    before = tracked(project)
    update(project, TOMORROW)
    assert_kept(project, before, *both(template, WORKING_TREE, TOMORROW))
    status = ("git", "status", "--porcelain")
    assert run(tmp_path, *status, "--", ":!packages") == ""


@pytest.mark.parametrize("answers", [OTHERS, Variant("none", "none")], ids=str)
def test_every_kind_of_project_is_updated(
    template: Template, tmp_path: Path, answers: Variant
) -> None:
    """The template's helpers of the tests follow; nothing that was left out arrives."""
    given = answers._asdict()
    check_update(
        template, tmp_path, WORKING_TREE, TOMORROW, version_raised, answers=given
    )


def test_an_update_with_nothing_new_changes_nothing(
    template: Template, tmp_path: Path
) -> None:
    """The same release, rendered again over the project, is the same project."""
    project = owned(template, tmp_path, WORKING_TREE, *EDITS)
    update(project, WORKING_TREE)
    assert run(project, "git", "status", "--porcelain") == ""


GUARD = "tests/async_guard/plugin.py"


def in_conflict(project: Path) -> None:
    """Edit lines that the next release changes too."""
    (project / "LICENSE").write_text("Ask us.\n", "utf-8")
    replace(project / "pyproject.toml", "^branch = true", "branch = false")
    replace(project / GUARD, r"\A", "# Mine.\n")


def test_an_edit_of_an_improved_line_is_a_conflict(
    template: Template, tmp_path: Path
) -> None:
    """Git names the files, which have both versions, and all else is merged."""
    edits = (dependency_added_last, in_conflict)
    project = owned(template, tmp_path, WORKING_TREE, *edits)
    before = tracked(project)
    update(project, TOMORROW)
    names = frozenset({"LICENSE", "pyproject.toml", GUARD})
    assert conflicts(project) == names
    versions = both(template, WORKING_TREE, TOMORROW)
    assert_kept(project, before, *versions, names)


def with_crlf(project: Path) -> None:
    """As an editor on Windows may leave them."""
    for name in tracked(project):
        text = (project / name).read_bytes()
        (project / name).write_bytes(text.replace(b"\n", b"\r\n"))


def test_other_line_endings_are_no_conflict(template: Template, tmp_path: Path) -> None:
    """The owner's files keep theirs; in the template's, only what people wrote counts."""
    project = owned(template, tmp_path, WORKING_TREE, *EDITS)
    before = tracked(project)
    with_crlf(project)
    ends = tracked(project)
    commit(project)
    update(project, TOMORROW)
    for name, text in tracked(project).items():
        if b"\r" in text:
            assert text == ends[name]
        (project / name).write_bytes(text.replace(b"\r\n", b"\n"))
    assert_kept(project, before, *both(template, WORKING_TREE, TOMORROW))


def test_owners_formatter_leaves_template_code_alone(
    template: Template, tmp_path: Path
) -> None:
    """With other settings it changes the owner's files alone, so that nothing conflicts."""
    project = owned(template, tmp_path, WORKING_TREE, *EDITS)
    replace(project / "pyproject.toml", "^line-length = 88", "line-length = 200")
    replace(project / "pyproject.toml", "^ignore = ", 'extend-select = ["ALL"]\n\\g<0>')
    run(project, "ruff", "format")
    run(project, "ruff", "check", "--fix", "--unsafe-fixes", "--exit-zero")
    changed = run(project, "git", "diff", "--name-only").split()
    assert len(changed) > 5
    commit(project)
    before = tracked(project)
    update(project, TOMORROW)
    assert_kept(project, before, *both(template, WORKING_TREE, TOMORROW))
