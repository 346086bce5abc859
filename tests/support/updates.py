"""Update a project, and check that everything its owner wrote is still there."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from copier import run_update

from tests.support import checks
from tests.support.commands import run
from tests.support.ownership import OWNER, owners_of

LABELS = ("before updating", "last update", "after updating")
"""What Copier calls the three sides of a merge."""

ANSWERS = ".copier-answers.yml"
GUARD = "tests/async_guard/"
"""The folder that an update replaces."""
Files = dict[str, bytes]


def update(project: Path, version: str, **answers: str | bool) -> None:
    """Update to a release as `copier update --defaults` does: no question, no trust."""
    run_update(
        project,
        data=answers,
        defaults=True,
        overwrite=True,
        quiet=True,
        vcs_ref=version,
    )


def tracked(project: Path) -> Files:
    """Return what git knows of a project, as it lies in the folder."""
    names = run(project, "git", "ls-files", "-z").split("\0")[:-1]
    return {n: (project / n).read_bytes() for n in names if (project / n).exists()}


def contents(project: Path) -> Files:
    """Return the files of a project."""
    return {name: (project / name).read_bytes() for name in checks.files(project)}


def conflicts(project: Path) -> set[str]:
    """Return the files that an update left for the owner to decide on."""
    listed = run(project, "git", "ls-files", "--unmerged", "-z").split("\0")[:-1]
    return {line.partition("\t")[2] for line in listed}


def assert_kept(
    project: Path,
    before: Files,
    made: Path,
    updated: Path,
    in_conflict: frozenset[str] = frozenset(),
) -> None:
    """Assert that an updated project is what a merge of both sides' changes gives.

    Only the files in conflict may be left for the owner to decide on; nothing is lost even there.
    """
    assert differing(project, before, made, updated) == in_conflict
    assert checks.answers(project) == checks.answers(updated)


def differing(project: Path, before: Files, made: Path, updated: Path) -> set[str]:
    """Return the files of an updated project that are in conflict, or not what a merge gives.

    `before` is the project as its owner had committed it; `made` and `updated` are the projects
    that the old and the new release make.
    """
    after, old, new = (contents(folder) for folder in (project, made, updated))
    before = {name: before[name] for name in before if name != "uv.lock"}
    expected, in_conflict = merged(before, old, new)
    names = (after.keys() | expected.keys()) - {ANSWERS}
    other = {name for name in names if after.get(name) != expected.get(name)}
    return other | in_conflict | conflicts(project)


def merged(before: Files, old: Files, new: Files) -> tuple[Files, set[str]]:
    """Return what each file is to be after an update, and which cannot be merged."""
    expected, conflicting = {}, set()
    for name in (before.keys() | new.keys()) - {ANSWERS}:
        if OWNER in owners_of(name) or name not in old.keys() | new.keys():
            sides: list[bytes | None] = [before.get(name)]
        elif name in old and name not in before:
            sides = [None]  # The owner deleted it.
        elif name not in new:  # The template dropped it.
            sides = [None if name.startswith(GUARD) else before[name]]
        elif name not in before or before[name] == old.get(name):
            sides = [new[name]]
        else:
            sides = [before[name], old.get(name, b""), new[name]]
        if len(sides) == 3:
            text, clean = three_way(*(side or b"" for side in sides))
            expected[name] = text
            conflicting |= set() if clean else {name}
        elif sides[0] is not None:
            expected[name] = sides[0]
    return expected, conflicting


def three_way(mine: bytes, base: bytes, theirs: bytes) -> tuple[bytes, bool]:
    """Return a merge as git makes it, both sides' lines in each conflict, and whether it has none."""
    command = ["git", "merge-file", "-p"]
    with TemporaryDirectory() as folder:
        for label, text in zip(LABELS, (mine, base, theirs), strict=True):
            command += ["-L", label]
            Path(folder, label).write_bytes(text)
        files = [Path(folder, label) for label in LABELS]
        done = subprocess.run([*command, *files], capture_output=True, check=False)
    assert b"error:" not in done.stderr
    return done.stdout, done.returncode == 0
