"""Updates that fail or are killed: nothing is lost, and docs/update.md says what to do."""

import random
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest

from tests.support import ROOT, commands
from tests.support.changes import append, replace
from tests.support.commands import run
from tests.support.edits import EDITS
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit
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


def take_back(project: Path) -> None:
    """Do what the page says takes an update back."""
    section = PAGE.split("## Take an update back")[1]
    commands_ = re.findall(r"```console\n(.*?)```", section, re.DOTALL)[0]
    run(project, "sh", "-ec", commands_)


def updated(project: Path, last: int) -> subprocess.CompletedProcess[str]:
    """Update, in a process that is killed when it does the last of its steps."""
    return subprocess.run(
        [sys.executable, "-c", KILLED, str(last), TOMORROW],
        cwd=project,
        env=commands.environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_a_killed_update_is_taken_back(owned: Path) -> None:
    """Wherever it was, the project is whole again, and the next update works."""
    before = contents(owned)
    update(owned, TOMORROW)
    complete = contents(owned)
    take_back(owned)
    assert contents(owned) == before != complete
    # Not the very last ones: no two updates open quite the same number of files.
    steps = int(updated(owned, 0).stdout) * 19 // 20
    take_back(owned)

    half = 0
    chance = random.Random(run(ROOT, "git", "rev-parse", "HEAD"))
    for part in range(8):
        last = chance.randrange(steps * part // 8, steps * (part + 1) // 8) + 1
        assert updated(owned, last).returncode == -9
        half += before != contents(owned) != complete
        take_back(owned)
        assert contents(owned) == before
        assert run(owned, "git", "status", "--porcelain") == ""
    assert half
    update(owned, TOMORROW)
    assert contents(owned) == complete


def test_recopy_is_warned_of_and_taken_back(owned: Path) -> None:
    """It writes over edits, as its message says first; what was committed is there again."""
    before = contents(owned)
    printed = run(
        owned, "copier", "recopy", "--defaults", "--overwrite", f"-r{WORKING_TREE}"
    )
    assert "`copier update` keeps them" in printed
    assert contents(owned)["README.md"] != before["README.md"]
    take_back(owned)
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
    update(project, TOMORROW)


def relative_path(project: Path) -> None:
    replace(project / ANSWERS, "^_src_path: .*", "_src_path: .")


FAULTS: list[tuple[str, Callable[[Path], None]]] = [
    ("Destination repository is dirty", dirty),
    ("only supported in git-tracked subprojects", without_git),
    ("Template not found", without_answers),
    ("cannot obtain old template references", without_release),
    ("could not find expected ':'", badly_merged),
    ("Invalid choice for", no_choice),
    ("Validation error for question", no_text),
    ("Unknown revision`, or `did not match any file", unknown_release),
    ("Unknown revision`, or `did not match any file", relative_path),
    ("Local template must be a directory", moved_template),
    ("Local template must be a directory", other_server),
    ("requires Copier version", older_copier),
    ("You are downgrading", newer_project),
]


def test_the_page_lists_the_faults() -> None:
    """What Copier says in each case has its row."""
    table = PAGE.split("| it says |")[1]
    assert re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE) == list(
        dict.fromkeys(said for said, _ in FAULTS)
    )


@pytest.mark.parametrize(("said", "fault"), FAULTS)
def test_a_fault_changes_nothing(
    owned: Path, said: str, fault: Callable[[Path], None]
) -> None:
    """Copier says what the page lists, fails, and leaves all as it was."""
    fault(owned)
    if fault not in {dirty, without_git}:
        commit(owned)
    before = contents(owned)
    either = "|".join(map(re.escape, said.split("`, or `")))
    with pytest.raises(commands.CommandError, match=either):
        run(owned, "copier", "update", "--defaults", f"--vcs-ref={WORKING_TREE}")
    assert contents(owned) == before
