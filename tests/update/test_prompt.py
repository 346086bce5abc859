"""`copier update` at a terminal: what shaped the owner's files is kept, other answers change and change back."""

from collections.abc import Callable
from pathlib import Path

from tests.support import checks
from tests.support.pairs import choices
from tests.support.projects import SETTINGS
from tests.support.releases import WORKING_TREE, Template, commit
from tests.support.terminals import CLEAR, DOWN, ENTER, UP, Terminal
from tests.support.updates import conflicts, tracked

HELPS = {name: q["help"] for name, q in SETTINGS.items() if "help" in q}
CHOICES = choices(SETTINGS)
Answers = dict[str, str | bool]
FIRST: Answers = {
    "project_name": "my-project",
    "description": "Does less.",
    "user_name": "Ada",
    "user_email": "",
    "license": "MIT",
    "python_min": "3.11",
    "repository_provider": "github",
    "github_user": "ada",
    "uvloop": False,
    "docs": False,
}
SECOND: Answers = {
    "project_name": "another-project",
    "description": "Does more.",
    "user_name": 'Grace "G" Hopper',
    "user_email": "grace@a.example",
    "license": "Proprietary",
    "python_min": "3.13",
    "repository_provider": "gitlab",
    "gitlab_user": "grace/more",
    "uvloop": True,
    "docs": True,
}
"""All that an update may change."""


def update(project: Path, provider: str, keys: Callable[[str], str]) -> None:
    """Run `copier update` in a terminal, and press these keys at each question."""
    terminal = Terminal(project, "update", f"--vcs-ref={WORKING_TREE}")
    for name, text in HELPS.items():
        if name not in {"github_user", "gitlab_user"} - {f"{provider}_user"}:
            terminal.sees(text)
            if name == "package_name":
                terminal.types(CLEAR, "other", ENTER)
                terminal.sees(f"question '{name}': Keep \"my_project\"")
                terminal.types(CLEAR, "my_project")
            terminal.types(keys(name))
    terminal.sees("Updated.")
    assert terminal.exit_code() == 0


def keys_to_change(name: str, old: Answers, new: Answers) -> str:
    """Return the keys that change an answer; Down and Enter where another is not to be had."""
    if name not in old.keys() | new.keys():
        return ENTER if name == "package_name" else DOWN + ENTER
    if name not in CHOICES:
        return f"{CLEAR}{new[name]}{ENTER}"
    if isinstance(new[name], bool):
        return "y" if new[name] else "n"
    steps = CHOICES[name].index(new[name]) - CHOICES[name].index(old[name])
    return DOWN * steps + UP * -steps + ENTER


def test_answers_change_and_change_back(template: Template, tmp_path: Path) -> None:
    """But for those that shaped the owner's files; and what an answer brings to the owner stays."""
    project = template.start(tmp_path / "my-project", WORKING_TREE, **FIRST)
    before = tracked(project)
    update(project, "gitlab", lambda name: keys_to_change(name, FIRST, SECOND))
    made = template.made(WORKING_TREE, package_name="my_project", **SECOND)
    assert checks.answers(project) == checks.answers(made)
    assert conflicts(project) == set()
    commit(project)
    update(project, "github", lambda name: keys_to_change(name, SECOND, FIRST))
    assert conflicts(project) == set()
    commit(project)
    page = "docs/index.md"
    assert tracked(project) == before | {page: (project / page).read_bytes()}


def test_an_update_refuses_another_sample(template: Template, tmp_path: Path) -> None:
    """Not even with `--ask`, which asks about what `--data` answers."""
    project = template.start(tmp_path / "my-project", WORKING_TREE)
    before = tracked(project)
    options = ("--defaults", "--ask=database", "--data=database=none")
    terminal = Terminal(project, "update", f"--vcs-ref={WORKING_TREE}", *options)
    terminal.sees("Invalid choice for 'database': Keep \"sqlite\"")
    assert terminal.exit_code() == 1
    assert tracked(project) == before
