"""`copier update` at a terminal: what shaped the owner's files is kept, other answers change and change back."""

from pathlib import Path
from typing import Any

from tests.support import checks
from tests.support.answers import CHOICES, KEPT, default, others, those_asked
from tests.support.projects import QUESTIONS
from tests.support.releases import WORKING_TREE, Template, commit
from tests.support.terminals import CLEAR, DOWN, ENTER, UP, Terminal
from tests.support.updates import conflicts, tracked

Answers = dict[str, Any]
TO_CHANGE = [name for name in QUESTIONS if name not in KEPT]


def update(project: Path, new: Answers) -> None:
    """Run `copier update` in a terminal, and give each question that is asked its new answer."""
    old = checks.answers(project)
    terminal = Terminal(project, "update", f"--vcs-ref={WORKING_TREE}")
    for name in those_asked(**new):
        terminal.sees(QUESTIONS[name]["help"])
        if name in KEPT and name not in CHOICES:
            terminal.types(CLEAR, others(name)[0], ENTER)
            terminal.sees(f"question '{name}': Keep \"{old[name]}\"")
            terminal.types(CLEAR, old[name])
        terminal.types(keys(name, old, new))
    terminal.sees("Updated.")
    assert terminal.exit_code() == 0


def keys(name: str, old: Answers, new: Answers) -> str:
    """Return the keys that give a new answer; Down and Enter where no other can be chosen."""
    if name in KEPT:
        return DOWN + ENTER if name in CHOICES else ENTER
    if name not in CHOICES:
        return f"{CLEAR}{new[name]}{ENTER}"
    if isinstance(new[name], bool):
        return "y" if new[name] else "n"
    answers = CHOICES[name]
    steps = answers.index(new[name]) - answers.index(old.get(name, default(name)))
    return DOWN * steps + UP * -steps + ENTER


def test_answers_change_and_change_back(template: Template, tmp_path: Path) -> None:
    """Except those that shaped the owner's files; and what an answer brings to the owner stays."""
    start = {"github_user": "ada"}
    project = template.start(tmp_path / "my-project", WORKING_TREE, **start)
    before, first = tracked(project), checks.answers(project)
    second = {name: others(name)[0] for name in TO_CHANGE}
    update(project, second)
    given = {name: second[name] for name in those_asked(**second) if name in second}
    made = template.made(WORKING_TREE, package_name=first["package_name"], **given)
    assert checks.answers(project) == checks.answers(made)
    assert conflicts(project) == set()
    commit(project)
    update(project, first)
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
