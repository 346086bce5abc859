"""Updates that fail or are killed: nothing is lost, and docs/update.md says what to do."""

import random
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path
from shutil import rmtree

import pytest

from tests.support import ROOT, commands
from tests.support.changes import append, replace
from tests.support.commands import run
from tests.support.edits import EDITS
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
from tests.support.selection import thorough_but
from tests.support.updates import ANSWERS, contents, update

PAGE = (ROOT / "docs/update.md").read_text("utf-8")
KILLED = """
import os, signal, sys
from copier import run_update

count, last = 0, int(sys.argv[1])

def killing(event, arguments):
    global count
    if event in {"open", "os.mkdir", "os.remove", "os.rename", "subprocess.Popen"}:
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(killing)
run_update(defaults=True, overwrite=True, quiet=True, vcs_ref=sys.argv[2])
print(count)
"""


@pytest.fixture
def owned(template: Template, tmp_path: Path) -> Path:
    """A project that its owner has edited and committed."""
    project = tmp_path / "my-project"
    return template.start(project, WORKING_TREE, *EDITS, github_user="ada")


def undo(project: Path) -> None:
    """Run the commands that the page gives to undo an update; it also says to delete the lock."""
    (project / ".git/index.lock").unlink(missing_ok=True)
    section = PAGE.split("## Take an update back")[1]
    commands_ = re.findall(r"```console\n(.*?)```", section, re.DOTALL)[0]
    run(project, "sh", "-ec", commands_)


def updated(project: Path, last: int) -> subprocess.CompletedProcess[str]:
    """Update in a process that is killed at one of its steps, or at none of them for 0."""
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(last), TOMORROW],
        cwd=project,
        env=commands.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("kills", thorough_but([3, 12], 3))
def test_a_killed_update_is_undone(owned: Path, kills: int) -> None:
    """Wherever it was killed, the project is whole again, and the next update works."""
    before = contents(owned)
    done = updated(owned, 0)
    complete = contents(owned)
    # Not the very last steps: no two updates open quite the same number of files.
    steps = int(done.stdout) * 19 // 20

    half = 0
    chance = random.Random(run(ROOT, "git", "rev-parse", "HEAD"))
    for part in range(kills):
        undo(owned)
        assert contents(owned) == before
        assert run(owned, "git", "status", "--porcelain") == ""
        first, last = steps * part // kills, steps * (part + 1) // kills
        assert updated(owned, chance.randrange(first, last) + 1).returncode == -9
        half += before != contents(owned) != complete
    assert half
    undo(owned)
    update(owned, TOMORROW)
    assert contents(owned) == complete != before


def test_recopy_warns_and_is_undone(owned: Path) -> None:
    """It overwrites edits, as its message says first; undone, all that was committed is back."""
    before = contents(owned)
    printed = run(
        owned, "copier", "recopy", "--defaults", "--overwrite", f"-r{WORKING_TREE}"
    )
    assert "`copier update` keeps them" in printed
    assert contents(owned)["README.md"] != before["README.md"]
    undo(owned)
    assert contents(owned) == before


def dirty(project: Path) -> None:
    append(project / "README.md", "More.\n")


def without_git(project: Path) -> None:
    rmtree(project / ".git")


def without_answers(project: Path) -> None:
    (project / ANSWERS).unlink()


def without_release(project: Path) -> None:
    replace(project / ANSWERS, "^_commit: .*\n", "")


def badly_merged(project: Path) -> None:
    append(project / ANSWERS, "<<<<<<< ours\n_commit: 0.1.0\n=======\n>>>>>>> theirs\n")


def no_choice(project: Path) -> None:
    replace(project / ANSWERS, "^license: .*", "license: MITT")


def no_answer(project: Path) -> None:
    replace(project / ANSWERS, "^license: .*", "license:")


def answer_of_another_type(project: Path) -> None:
    replace(project / ANSWERS, "^description: .*", "description: 2026-01-31")


def no_text(project: Path) -> None:
    replace(project / ANSWERS, "^description: .*", "description: ''")


def unknown_release(project: Path) -> None:
    replace(project / ANSWERS, "^_commit: .*", "_commit: 0.0.7")


def moved_template(project: Path) -> None:
    replace(project / ANSWERS, "^_src_path: .*", "_src_path: /no/such/folder")


def other_server(project: Path) -> None:
    address = "_src_path: https://git.example/me/template"
    replace(project / ANSWERS, "^_src_path: .*", address)


def older_copier(project: Path) -> None:
    (address,) = re.findall(
        "^_src_path: (.*)", (project / ANSWERS).read_text("utf-8"), re.MULTILINE
    )
    clone = project.parent / "template"
    run(project, "git", "clone", "--quiet", address, clone)
    oldest = '_min_copier_version: "999"'
    replace(clone / "copier.yml", "^_min_copier_version: .*", oldest)
    commit(clone)
    run(clone, "git", "tag", "--force", WORKING_TREE)
    replace(project / ANSWERS, "^_src_path: .*", f"_src_path: {clone}")


def newer_project(project: Path) -> None:
    replace(project / ANSWERS, "^_commit: .*", f"_commit: {TOMORROW}")


def relative_path(project: Path) -> None:
    replace(project / ANSWERS, "^_src_path: .*", "_src_path: .")


ANSWER = "Invalid choice for`, `Invalid answer`, or `Could not convert"
FAULTS: list[tuple[str, Callable[[Path], None]]] = [
    ("Destination repository is dirty", dirty),
    ("only supported in git-tracked subprojects", without_git),
    ("Template not found", without_answers),
    ("cannot obtain old template references", without_release),
    ("could not find expected ':'", badly_merged),
    (ANSWER, no_choice),
    (ANSWER, no_answer),
    (ANSWER, answer_of_another_type),
    ("Validation error for question", no_text),
    ("Unknown revision`, or `did not match any file", unknown_release),
    ("Unknown revision`, or `did not match any file", relative_path),
    ("Local template must be a directory", moved_template),
    ("Local template must be a directory", other_server),
    ("requires Copier version", older_copier),
    ("You are downgrading", newer_project),
]


SETUPS: list[tuple[str, str, str]] = [
    ("is not in the subpath of", "", "linked"),
    ("dumb commit", "GIT_CONFIG_GLOBAL=../gitconfig", "my-project"),
    # Git's own tests set this, and need no other user either.
    (
        "only supported in git-tracked",
        "GIT_TEST_ASSUME_DIFFERENT_OWNER=1",
        "my-project",
    ),
]
"""Faults of the machine: what Copier says, a variable, and the folder to update."""


def test_the_page_lists_the_faults() -> None:
    """Each message of Copier's has its row."""
    table = PAGE.split("| it says |")[1]
    assert re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE) == list(
        dict.fromkeys(said for said, *_ in (*FAULTS, *SETUPS[:-1]))
    )


@pytest.mark.parametrize(("said", "fault"), FAULTS)
def test_a_fault_changes_nothing(
    owned: Path, said: str, fault: Callable[[Path], None]
) -> None:
    """Copier fails with the message on the page, and leaves everything as it was."""
    fault(owned)
    if fault not in {dirty, without_git}:
        commit(owned)
    before = contents(owned)
    either = "|".join(map(re.escape, re.split("`, (?:or )?`", said)))
    with chdir(owned), pytest.raises(Exception, match=either):
        update(Path(), WORKING_TREE)
    assert contents(owned) == before


@pytest.mark.parametrize(("said", "variable", "folder"), SETUPS)
def test_a_fault_of_the_machine_changes_nothing(
    owned: Path, said: str, variable: str, folder: str
) -> None:
    """A linked folder, a hook for all repositories, files of another user."""
    home = owned.parent
    (home / "linked").symlink_to(owned)
    append(home / "gitconfig", f"[core]\n\thooksPath = {home / 'hooks'}\n")
    append(home / "hooks/prepare-commit-msg", "#!/bin/sh\nexit 1\n")
    (home / "hooks/prepare-commit-msg").chmod(0o755)
    before = contents(owned)
    setting = ("env", variable.replace("..", str(home)) or "NONE=1")
    update = ("copier", "update", "--defaults", f"--vcs-ref={WORKING_TREE}")
    with pytest.raises(commands.CommandError, match=said):
        run(home, *setting, *update, home / folder)
    assert contents(owned) == before
    if "OWNER" in variable:
        with pytest.raises(commands.CommandError, match="dubious ownership"):
            run(owned, *setting, "git", "status")


@pytest.mark.parametrize(("utf8", "lost"), [("1", False), ("0", True)])
def test_an_update_in_another_encoding_needs_utf8_mode(
    template: Template, tmp_path: Path, utf8: str, lost: bool
) -> None:
    """Copier loses letters without a word, as on Windows; PYTHONUTF8=1 is on the page."""
    project = template.start(tmp_path / "my-project", WORKING_TREE)
    append(project / ".gitignore", "na\u00efve/\n")
    commit(project)
    setting = (f"PYTHONUTF8={utf8}", "PYTHONCOERCECLOCALE=0", "LC_ALL=POSIX")
    to = ("--defaults", f"--vcs-ref={TOMORROW}")
    run(project, "env", *setting, "copier", "update", *to)
    assert "$env:PYTHONUTF8 = 1" in PAGE
    assert ("na\u00efve/" not in (project / ".gitignore").read_text("utf-8")) == lost
