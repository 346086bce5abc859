"""Each rule for releases, broken on purpose: the tests of updates fail then."""

from collections.abc import Callable
from pathlib import Path

import pytest
from copier.errors import UnsafeTemplateError

from tests.support import edits
from tests.support.changes import append, replace
from tests.support.commands import run
from tests.support.edits import Edit
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.updates import ANSWERS, assert_kept, tracked, update

BROKEN = "100.0.0"
Break = Callable[[Path], None]


def rule(pattern: str, new: str = "") -> Break:
    """Return what replaces something in copier.yml."""
    return lambda clone: replace(clone / "copier.yml", pattern, new, most=1)


def owner(path: str) -> Break:
    """Return what takes a file from its owner."""
    return rule(rf"^    {path}\n")


def file(name: str, pattern: str, new: str) -> Break:
    """Return what replaces something in a file of the template."""
    return lambda clone: replace(clone / "template" / name, pattern, new, most=1)


def renamed(clone: Path) -> None:
    (clone / "template/.gitignore").rename(clone / "template/.ignore")


def dropped(clone: Path) -> None:
    (clone / "template/.gitattributes").unlink()


def conditional(clone: Path) -> None:
    condition = "{% if license != 'MIT' %}.gitattributes{% endif %}"
    (clone / "template/.gitattributes").rename(clone / "template" / condition)


def gitignore_deleted(project: Path) -> None:
    (project / ".gitignore").unlink()


def gitattributes_changed(project: Path) -> None:
    append(project / ".gitattributes", "*.png binary\n")


SKIP = "_skip_if_exists: [/.gitignore]\n_exclude:"
PYPROJECT = "pyproject.toml.jinja"
RULES: dict[str, tuple[Break, Edit]] = {
    "the README is its owner's": (owner("/README.md"), edits.readme_rewritten),
    "the code is its owner's": (owner("/src"), edits.sample_rewritten),
    "deleted code stays so": (owner("/src"), edits.sample_deleted),
    "no sample arrives": (owner(r"/tests/test_\*\.py"), edits.version_raised),
    "nothing comes back": (rule("_exclude:", SKIP), gitignore_deleted),
    "improvements arrive": (rule("_exclude:", SKIP), edits.version_raised),
    "nothing is renamed": (renamed, edits.ignored_files_added),
    "nothing is dropped": (dropped, gitattributes_changed),
    "nothing gets a condition": (conditional, gitattributes_changed),
    "the last lines stay": (
        file(".gitignore", r"\Z", "*.more\n"),
        edits.ignored_files_added,
    ),
    "dependencies are their owner's": (
        file(PYPROJECT, '    "aiosqlite.*\n', '\\g<0>    "more",\n'),
        edits.dependency_added_last,
    ),
}


def check(template: Template, folder: Path, breaking: Break, edit: Edit) -> None:
    """Update an edited project to one more release, which breaks a rule."""
    clone = folder / "template"
    run(
        folder, "git", "clone", "--quiet", f"--branch={TOMORROW}", template.clone, clone
    )
    breaking(clone)
    commit(clone, BROKEN)
    project = template.start(folder / "my-project", WORKING_TREE, edit)
    replace(project / ANSWERS, "^_src_path: .*", f"_src_path: {clone}")
    commit(project)
    before = tracked(project)
    update(project, BROKEN)
    new = Template(clone, folder).made(BROKEN)
    assert_kept(project, before, template.made(WORKING_TREE), new)


@pytest.mark.parametrize("broken", RULES)
def test_a_broken_rule_is_found(
    template: Template, tmp_path: Path, broken: str
) -> None:
    """An assertion that no release can fail would prove nothing."""
    with pytest.raises(AssertionError, match=r"assert .*(==|<=)"):
        check(template, tmp_path, *RULES[broken])


def test_the_same_release_with_no_rule_broken_passes(
    template: Template, tmp_path: Path
) -> None:
    """It is the broken rule that the others fail for."""
    check(template, tmp_path, rule(r"\Z", "\n"), edits.version_raised)


def test_a_question_needs_a_default(template: Template, tmp_path: Path) -> None:
    """An update with `--defaults` asks no question."""
    question = "more:\n  type: str\n  help: Which?\n\ncolor:"
    with pytest.raises(ValueError, match='"more" is required'):
        check(template, tmp_path, rule("color:", question), edits.version_raised)


@pytest.mark.parametrize("unsafe", ["_tasks: [ls]", "_jinja_extensions: [a.b]"])
def test_trust_is_never_needed(template: Template, tmp_path: Path, unsafe: str) -> None:
    """Neither to make a project nor to update one."""
    breaking = rule("_exclude:", f"{unsafe}\n_exclude:")
    with pytest.raises(UnsafeTemplateError):
        check(template, tmp_path, breaking, edits.version_raised)
