"""Each mistake of the corpus fails the test that made it, and no other."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.guard import corpus
from tests.guard.runs import failure
from tests.support.guard import CHECKS
from tests.support.projects import Run

MISTAKES = [one for one in corpus.read("bad") if one.source in CHECKS]
SHARED = [mistake for mistake in MISTAKES if not mistake.runs_alone]
GROUPS = {
    "short": ([one for one in SHARED if one.source != "deadline"], ["-n0"]),
    # While one waits for its deadline, others may wait for theirs.
    "hanging": (
        [one for one in SHARED if one.source == "deadline"],
        ["-n4", "--dist=loadfile", "-o", "async_guard_deadline=1", "-o", "timeout=8"],
    ),
}
OFF = [check for check in CHECKS if check not in {"deadline", "resources"}]


def run_failing(
    project: Path, run: Run, python: str | None, *options: str
) -> tuple[dict[str, str], str]:
    """Run tests of which some fail; return what failed each, and what was printed."""
    printed = failure(project, run, "--junitxml=junit.xml", *options, python=python)
    assert "exited with 1:" in printed
    return corpus.failures(project / "junit.xml"), printed


@pytest.mark.parametrize("group", GROUPS)
def test_each_mistake_fails_alone(
    scratch: Path, run: Run, python: str, group: str
) -> None:
    """It is reported with its line; its fixed twin and the tests around it pass."""
    mistakes, options = GROUPS[group]
    corpus.place(scratch, mistakes)
    failed, printed = run_failing(scratch, run, python, *options)
    assert [c for m in mistakes for c in corpus.complaints(m, failed, printed)] == []
    innocent = [failed[name] for name in failed if "_innocent::" in name]
    assert innocent == [""] * (len(mistakes) + 1)


def test_each_mistake_of_a_session_fails_alone(scratch: Path, run: Run) -> None:
    """What lasts for the whole session is reported at its end, in the last test that used it."""
    alone = [mistake for mistake in MISTAKES if mistake.runs_alone]
    assert alone
    for mistake in alone:
        project = Path(copytree(scratch, scratch.parent / mistake.name))
        corpus.place(project, [mistake])
        module = f"tests/test_{mistake.name}.py"
        failed, printed = run_failing(project, run, None, "-n0", module)
        assert corpus.complaints(mistake, failed, printed) == []


def test_a_check_that_is_off_reports_nothing(scratch: Path, run: Run) -> None:
    """The guard finds the mistakes, and not something else."""
    # Resources stay on: an open aiosqlite connection would keep Python from exiting.
    mistakes = [mistake for mistake in SHARED if mistake.source in OFF]
    corpus.place(scratch, mistakes)
    off = f"async_guard_off={' '.join(OFF)}"
    failed, printed = run_failing(scratch, run, None, "-n0", "-o", off)
    found = [m.name for m in mistakes if not corpus.complaints(m, failed, printed)]
    assert found == []


def test_each_check_has_mistakes() -> None:
    """Each has a few, and there is no file for another."""
    sources = [mistake.source for mistake in MISTAKES]
    assert {*sources} == {*CHECKS}
    assert min(sources.count(check) for check in CHECKS) >= 3
