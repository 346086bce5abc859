"""The async guard in a generated project: each mistake fails, and it alone."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.guard import corpus
from tests.guard.corpus import MISTAKES
from tests.support.commands import CommandError
from tests.support.projects import Run

SHARED = [mistake for mistake in MISTAKES if not mistake.alone]
HANGING = [mistake for mistake in SHARED if mistake.check == "deadline"]
SHORT = [mistake for mistake in SHARED if mistake.check != "deadline"]
GROUPS = {
    "short": (SHORT, ["-n0"]),
    # While one waits for its deadline, others may wait for theirs.
    "hanging": (HANGING, ["-n4", "--dist=loadfile", "-o", "async_guard_deadline=2"]),
}


def judged(
    project: Path, run: Run, python: str | None, *options: str
) -> dict[str, str]:
    """Run tests of which some fail, in the order of their files; return what was said of each."""
    pytest_ = ("uv", "run", "--quiet", "pytest", "-p", "no:randomly")
    with pytest.raises(CommandError, match="exited with 1:"):
        run(project, *pytest_, "--junitxml=said.xml", *options, python=python)
    return corpus.verdicts(project / "said.xml")


@pytest.mark.parametrize("group", GROUPS)
def test_each_mistake_fails_alone(
    scratch: Path, run: Run, python: str, group: str
) -> None:
    """It is named with its line; its mended twin and the tests around it pass."""
    mistakes, options = GROUPS[group]
    corpus.place(scratch, mistakes)
    said = judged(scratch, run, python, *options)
    assert [c for m in mistakes for c in corpus.complaints(m, said)] == []
    innocent = [said[name] for name in said if "_innocent::" in name]
    assert innocent == [""] * (len(mistakes) + 1)


def test_each_mistake_of_a_session_fails_alone(
    scratch: Path, run: Run, python: str
) -> None:
    """What lasts for the whole session is told of at its end, in the last test that used it."""
    alone = [mistake for mistake in MISTAKES if mistake.alone]
    assert alone
    for mistake in alone:
        project = Path(copytree(scratch, scratch.parent / mistake.name))
        corpus.place(project, [mistake])
        said = judged(project, run, python, "-n0", f"tests/test_{mistake.name}.py")
        assert corpus.complaints(mistake, said) == []


def test_a_call_is_seen_wherever_and_whenever_it_was_bound(
    scratch: Path, run: Run
) -> None:
    """Neither the names of folders matter, nor that the conftest imports the package first."""
    project = Path(copytree(scratch, scratch.parent / "logging" / scratch.name))
    name = "sleep_called_by_its_name"
    mistakes = [m for m in MISTAKES if m.name in {name, "path_read_text"}]
    assert len(mistakes) == 2
    corpus.place(project, mistakes)
    conftest = project / "tests/conftest.py"
    text = conftest.read_text("utf-8")
    conftest.write_text(f"import my_project.{name}\n{text}", "utf-8")
    said = judged(project, run, None, "-n0")
    assert [c for m in mistakes for c in corpus.complaints(m, said)] == []


def test_a_mistake_of_the_source_hides_none_of_a_session(
    scratch: Path, run: Run
) -> None:
    """What lasts for the whole session is told of in the last test, and that is not the source's."""
    names = {"cancelled_error_suppressed", "coroutine_in_a_session_scoped_teardown"}
    mistakes = [mistake for mistake in MISTAKES if mistake.name in names]
    assert len(mistakes) == 2
    corpus.place(scratch, mistakes)
    modules = [f"tests/test_{mistake.name}.py" for mistake in mistakes]
    said = judged(scratch, run, None, "-n0", *modules)
    assert [c for m in mistakes for c in corpus.complaints(m, said)] == []


def test_without_its_check_no_mistake_is_named(scratch: Path, run: Run) -> None:
    """It is the guard that finds them; where its checks are off, it says nothing."""
    # Resources stay on: an open aiosqlite connection would keep Python from exiting.
    mistakes = [mistake for mistake in SHORT if mistake.check != "resources"]
    off = " ".join({mistake.check for mistake in mistakes})
    corpus.place(scratch, mistakes)
    said = judged(scratch, run, None, "-n0", "-o", f"async_guard_off={off}")
    assert [m.name for m in mistakes if not corpus.complaints(m, said)] == []


def test_there_are_mistakes_of_each_check() -> None:
    """Of each check a few, and of no other."""
    checks = [mistake.check for mistake in MISTAKES]
    assert {
        check: checks.count(check) for check in checks if checks.count(check) < 3
    } == {}
    assert {*checks} == {
        "blocking",
        "cancellation",
        "coroutines",
        "deadline",
        "exceptions",
        "generators",
        "loops",
        "mocks",
        "resources",
        "tasks",
    }
