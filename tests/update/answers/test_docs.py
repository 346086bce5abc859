"""Documentation in an update: the answer adds its pages, which the owner then keeps."""

from pathlib import Path

import pytest

from tests.support.changes import append, replace
from tests.support.commands import run
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.selection import thorough_but
from tests.support.updates import assert_kept, conflicts, tracked, update

PAGE = "docs/index.md"
SETTINGS = {
    ".github/workflows/publish-docs.yml",
    ".readthedocs.yaml",
    "docs/api.md",
    "docs/conf.py",
}


def documented(template: Template, folder: Path) -> Path:
    """Return a project with documentation, committed, whose owner has written a page of it."""
    project = template.start(folder / "my-project", WORKING_TREE, docs=True)
    replace(project / PAGE, "^api$", "more\napi")
    append(project / "docs/more.md", "# More\n")
    commit(project)
    return project


@pytest.mark.parametrize("version", thorough_but(["0.1.0", WORKING_TREE], "0.1.0"))
def test_docs_adds_its_pages_once(
    template: Template, tmp_path: Path, version: str
) -> None:
    """To a project of any release, in any folder; later updates keep them as they are."""
    project = template.start(tmp_path / "a [b] *" / "my-project", version)
    before = tracked(project)
    update(project, WORKING_TREE, docs=True)
    made = template.made(WORKING_TREE, docs=True)
    before[PAGE] = (made / PAGE).read_bytes()
    assert_kept(project, before, template.made(version), made)

    commit(project)
    update(project, TOMORROW)
    assert (project / PAGE).read_bytes() == before[PAGE]
    (project / PAGE).unlink()
    commit(project)
    update(project, TOMORROW)
    assert not (project / PAGE).exists()


def test_existing_pages_are_kept(template: Template, tmp_path: Path) -> None:
    """An owner's own front page stays as it is, and the reference arrives beside it."""
    project = template.start(tmp_path / "my-project", WORKING_TREE)
    append(project / PAGE, "# Mine\n")
    append(project / "docs/more.md", "# More\n")
    commit(project)
    before = tracked(project)
    update(project, WORKING_TREE, docs=True)
    made, updated = (template.made(WORKING_TREE, docs=a) for a in (False, True))
    assert_kept(project, before, made, updated)


@pytest.mark.thorough
def test_edited_pages_are_kept(template: Template, tmp_path: Path) -> None:
    """Over a release that changes every file, and renders the page anew."""
    project = documented(template, tmp_path)
    before = tracked(project)
    update(project, TOMORROW)
    made, updated = (template.made(v, docs=True) for v in (WORKING_TREE, TOMORROW))
    assert_kept(project, before, made, updated)


@pytest.mark.thorough
def test_without_documentation_the_pages_stay(
    template: Template, tmp_path: Path
) -> None:
    """The settings go and come back with the answer; the owner's pages are kept throughout."""
    project = documented(template, tmp_path)
    before = tracked(project)
    update(project, WORKING_TREE, docs=False)
    after = tracked(project)
    assert before.keys() - after.keys() == SETTINGS
    assert {name: after[name] for name in (PAGE, "docs/more.md")} == {
        name: before[name] for name in (PAGE, "docs/more.md")
    }
    commit(project)
    update(project, WORKING_TREE, docs=True)
    assert conflicts(project) == set()
    run(project, "git", "add", ".")
    assert tracked(project) == before
