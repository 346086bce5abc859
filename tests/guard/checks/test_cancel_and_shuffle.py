"""`cancel_everywhere` and `--async-shuffle`: what each finds, and what each leaves alone."""

import re
from pathlib import Path

import pytest

from tests.guard import corpus
from tests.guard.runs import PYTEST, failure
from tests.support import checks
from tests.support.projects import Run

CANCELLED = [one for one in corpus.read("bad") if one.source == "cancel_everywhere"]
SHUFFLED = [one for one in corpus.read("bad") if one.source == "shuffle"]
SEEDS = max(int(mistake.found_by) for mistake in SHUFFLED)
NOTHING = """
async def nothing():
    pass


async def test_nothing(cancel_everywhere):
    async for _ in cancel_everywhere(nothing):
        raise AssertionError
"""


def failing(
    project: Path, run: Run, python: str | None, *options: str
) -> dict[str, str]:
    """Return what failed each test of a run."""
    failure(project, run, "-n0", "--junitxml=junit.xml", *options, python=python)
    return corpus.failures(project / "junit.xml")


def assert_fails_at(mistake: corpus.Mistake, text: str) -> None:
    """Assert that a report names the marked line."""
    (line,) = mistake.lines
    assert re.search(rf"{re.escape(line)}\b", text), f"{mistake.name}: {text[:800]}"


def test_each_mistake_fails_at_its_await(scratch: Path, run: Run, python: str) -> None:
    """The report names the number and the line of the cancellation; the fixed twin passes."""
    assert len(CANCELLED) >= 15
    corpus.place(scratch, CANCELLED)
    failed = failing(scratch, run, python, "-o", "async_guard_deadline=1")
    for mistake in CANCELLED:
        report = failed.pop(f"test_{mistake.name}::test_mistake")
        assert_fails_at(mistake, report)
        assert re.search(r"cancelled at suspension [1-9]", report)
    assert {test: text for test, text in failed.items() if text} == {}
    assert len([test for test in failed if "::test_fixed" in test]) >= len(CANCELLED)


def test_each_mistake_fails_with_its_seed(scratch: Path, run: Run) -> None:
    """Unshuffled, each mistake passes; its seed shows it, and no seed breaks its twin."""
    assert len(SHUFFLED) >= 8
    corpus.place(scratch, SHUFFLED)
    plain = run(scratch, *PYTEST)
    assert checks.outcomes(plain) == {"passed": 3 * len(SHUFFLED) + 1}
    failed = failing(scratch, run, None, f"--async-shuffle={SEEDS}")
    for mistake in SHUFFLED:
        test = f"test_{mistake.name}::test_mistake[shuffle-{mistake.found_by}]"
        assert_fails_at(mistake, failed[test])
    assert [
        test for test in failed if failed[test] and "::test_mistake[" not in test
    ] == []
    once = SHUFFLED[0]
    test = f"test_mistake[shuffle-{once.found_by}]"
    node = f"tests/test_{once.name}.py::{test}"
    again = failing(scratch, run, None, f"--async-shuffle-seed={once.found_by}", node)
    assert [*again] == [f"test_{once.name}::{test}"]


@pytest.mark.thorough
def test_no_seed_of_many_breaks_right_code(
    scratch: Path, run: Run, python: str
) -> None:
    """The twins of the mistakes pass in 200 orders."""
    corpus.place(scratch, SHUFFLED)
    options = ("-n2", "-k", "test_fixed", "--async-shuffle=200")
    printed = run(scratch, *PYTEST, *options, python=python)
    assert {*checks.outcomes(printed)} <= {"passed", "deselected"}


@pytest.mark.thorough
def test_right_code_passes_in_any_order(good: Path, run: Run) -> None:
    """Without the guard, too; what runs on uvloop is left out."""
    options = ("tests/loops", "--async-shuffle=3", "-n2")
    for guard in ((), ("--no-async-guard",)):
        printed = run(good, *PYTEST, *options, *guard)
        assert {*checks.outcomes(printed)} <= {"passed", "skipped"}, printed
        assert "leaves out the tests on uvloop" in printed
    assert "[uvloop" not in printed


def test_a_function_that_never_suspends_is_noted(scratch: Path, run: Run) -> None:
    """The test passes, and a warning at its line says that nothing was cancelled."""
    (scratch / "tests/test_nothing.py").write_text(NOTHING)
    printed = run(scratch, *PYTEST, "--async-shuffle=12")
    assert checks.outcomes(printed) == {"passed": 12, "warnings": 12}
    assert printed.count("never suspends") == 1
    assert re.search(r"test_nothing\.py:7: .*nothing\(\) never suspends", printed)


def test_the_samples_pass_in_any_order(project: Path, run: Run) -> None:
    """Whatever the order of their tasks' steps."""
    printed = run(project, *PYTEST, "--async-shuffle=3")
    assert {*checks.outcomes(printed)} == {"passed"}


def test_a_missing_private_attribute_is_a_usage_error(
    project: Path, run: Run, tmp_path: Path
) -> None:
    """It names the part; without the option, nothing needs it."""
    renaming = "import pytest_asyncio.plugin as p\ndel p._asyncio_loop_factory\n"
    (tmp_path / "renaming.py").write_text(renaming)
    options = ("-p", "renaming", "-o", f"pythonpath=tests {tmp_path}", "--collect-only")
    printed = failure(project, run, *options, "--async-shuffle=1")
    assert "exited with 4:" in printed
    assert "is missing here: _asyncio_loop_factory" in printed


def test_a_wrong_count_is_a_usage_error(project: Path, run: Run) -> None:
    """It says what to give."""
    printed = failure(project, run, "--async-shuffle=-1")
    assert "exited with 4:" in printed
    assert "give the number of runs" in printed
