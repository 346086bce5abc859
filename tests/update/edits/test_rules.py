"""Each rule for releases, broken on purpose: the tests of updates fail then."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from copier.errors import UnsafeTemplateError

from tests.support import edits
from tests.support.changes import append, replace
from tests.support.commands import run
from tests.support.edits import Edit
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.updates import ANSWERS, differing, tracked, update

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
    (file,) = clone.glob("template/.gitignore*")
    file.rename(file.with_name(file.name.replace("git", "")))


def dropped(clone: Path) -> None:
    (clone / "template/.gitattributes").unlink()


def conditional(clone: Path) -> None:
    file = clone / "template/.pre-commit-config.yaml"
    condition = "{% if license != 'MIT' %}.pre-commit-config.yaml{% endif %}"
    file.rename(clone / "template" / condition)


def license_deleted(project: Path) -> None:
    (project / "LICENSE").unlink()


def gitattributes_changed(project: Path) -> None:
    append(project / ".gitattributes", "*.png binary\n")


class Rule(NamedTuple):
    """What breaks a rule, the owner's edit that shows it, and the file that is wrong then."""

    breaking: Break
    edit: Edit
    file: str


CODE = owner("/src")
SKIPPED = rule(
    "_exclude:", "_skip_if_exists: [/LICENSE, /.github/dependabot.yml]\n_exclude:"
)
PYPROJECT = "pyproject.toml"
RULES = {
    "the README is its owner's": Rule(
        owner("/README.md"), edits.readme_rewritten, "README.md"
    ),
    "the code is its owner's": Rule(
        CODE, edits.sample_rewritten, "src/my_project/errors.py"
    ),
    "deleted code stays deleted": Rule(
        CODE, edits.sample_deleted, "src/my_project/streams.py"
    ),
    "no sample arrives": Rule(
        owner(r"/tests/test_\*\.py"), edits.version_raised, "tests/test_queues.py"
    ),
    "nothing comes back": Rule(SKIPPED, license_deleted, "LICENSE"),
    "improvements arrive": Rule(
        SKIPPED, edits.version_raised, ".github/dependabot.yml"
    ),
    "nothing is renamed": Rule(renamed, edits.ignored_files_added, ".gitignore"),
    "nothing is dropped": Rule(dropped, gitattributes_changed, ".gitattributes"),
    "nothing gets a condition": Rule(
        conditional, edits.hook_added, ".pre-commit-config.yaml"
    ),
    "the last lines stay": Rule(
        file("CONTRIBUTING.md.jinja", r"\Z", "\nMore.\n"),
        edits.contributing_extended,
        "CONTRIBUTING.md",
    ),
    "dependencies are their owner's": Rule(
        file(f"{PYPROJECT}.jinja", '    "aiosqlite.*\n', '\\g<0>    "more",\n'),
        edits.dependency_added_last,
        PYPROJECT,
    ),
}
EDITS = [*dict.fromkeys(rule.edit for rule in RULES.values())]


def wrong(
    template: Template, folder: Path, breaking: list[Break], edits: list[Edit]
) -> set[str]:
    """Update an edited project to one more release, and return the files that are wrong."""
    clone = folder / "template"
    run(
        folder, "git", "clone", "--quiet", f"--branch={TOMORROW}", template.clone, clone
    )
    for change in breaking:
        change(clone)
    commit(clone, BROKEN)
    project = template.start(folder / "my-project", WORKING_TREE, *edits)
    replace(project / ANSWERS, "^_src_path: .*", f"_src_path: {clone}")
    commit(project)
    before = tracked(project)
    update(project, BROKEN)
    new = Template(clone, folder).made(BROKEN)
    return differing(project, before, template.made(WORKING_TREE), new)


def test_each_broken_rule_is_found(template: Template, tmp_path: Path) -> None:
    """All at once: each shows in a file of its own."""
    breaking = dict.fromkeys(rule.breaking for rule in RULES.values())
    found = wrong(template, tmp_path, [*breaking], EDITS)
    assert [name for name, rule in RULES.items() if rule.file not in found] == []


@pytest.mark.thorough
@pytest.mark.parametrize("broken", RULES)
def test_a_broken_rule_is_found(
    template: Template, tmp_path: Path, broken: str
) -> None:
    """Each alone."""
    breaking, edit, file = RULES[broken]
    assert file in wrong(template, tmp_path, [breaking], [edit])


def test_the_same_release_with_no_rule_broken_passes(
    template: Template, tmp_path: Path
) -> None:
    """It is the broken rule that the others fail for."""
    assert wrong(template, tmp_path, [rule(r"\Z", "\n")], EDITS) == set()


def test_a_question_needs_a_default(template: Template, tmp_path: Path) -> None:
    """An update with `--defaults` asks no question."""
    question = "more:\n  type: str\n  help: Which?\n\ncolor:"
    with pytest.raises(ValueError, match='"more" is required'):
        wrong(template, tmp_path, [rule("color:", question)], EDITS)


@pytest.mark.parametrize("unsafe", ["_tasks: [ls]", "_jinja_extensions: [a.b]"])
def test_trust_is_never_needed(template: Template, tmp_path: Path, unsafe: str) -> None:
    """Neither to make a project nor to update one."""
    breaking = rule("_exclude:", f"{unsafe}\n_exclude:")
    with pytest.raises(UnsafeTemplateError):
        wrong(template, tmp_path, [breaking], EDITS)
