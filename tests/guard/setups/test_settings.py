"""The settings, the marker and the options of the guard."""

from pathlib import Path

import pytest

from tests.guard import corpus
from tests.guard.runs import failure
from tests.support import checks
from tests.support.guard import REMOVED
from tests.support.projects import Run

LEAK = """
import asyncio

import pytest

OFF = pytest.mark.async_guard_off


{marker}
async def test_leak() -> None:
    task = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    assert not task.done()
"""
WRONG = {
    "OFF": "takes a check and a reason",
    'OFF("tasks")': "takes a check and a reason",
    'OFF("tasks", reason=" ")': "takes a check and a reason",
    'OFF("tasks", why="x")': "takes a check and a reason",
    'OFF("tasks", "mocks", "x")': "takes a check and a reason",
    'OFF("tasks", reason=1)': "takes a check and a reason",
    'OFF("task", reason="x")': "no check 'task'; the checks are",
    'OFF(["tasks"], reason="x")': "no check \"['tasks']\"; the checks are",
    'OFF(None, reason="x")': "no check 'None'; the checks are",
}


def write(project: Path, marker: str = "", name: str = "leak") -> None:
    """Write a test that leaves a task running."""
    text = LEAK.format(marker=marker)
    (project / f"tests/test_{name}.py").write_text(text, "utf-8")


def passes(project: Path, run: Run, *options: str) -> str:
    """Return what a run of pytest printed in which one test passed, and nothing else happened."""
    printed = run(project, "uv", "run", "--quiet", "pytest", *options)
    assert checks.outcomes(printed) == {"passed": 1}, printed
    return printed


def test_the_guard_can_be_left_out_of_a_run(scratch: Path, run: Run) -> None:
    """It is the guard that fails the test, and nothing else."""
    write(scratch)
    assert checks.outcomes(failure(scratch, run)) == {"passed": 1, "errors": 1}
    passes(scratch, run, "--no-async-guard")


def test_a_check_can_be_turned_off(scratch: Path, run: Run) -> None:
    """In the settings for all tests, and by the marker for one, with a reason."""
    write(scratch)
    passes(scratch, run, "-o", "async_guard_off=tasks blocking")
    write(scratch, '@OFF("tasks", reason="It ends with the loop.")')
    passes(scratch, run)


def test_a_removed_check_is_noted_once(scratch: Path, run: Run) -> None:
    """Settings and markers of older releases work on, and one line says to remove them."""
    markers = "".join(f'@OFF("{check}", reason="x")\n' for check in REMOVED)
    write(scratch, f'{markers}@OFF("tasks", reason="x")')
    setting = f"async_guard_off={' '.join(REMOVED)}"
    limit = "async_guard_blocking_limit=1"
    printed = passes(scratch, run, "-o", setting, "-o", limit)
    notes = [line for line in printed.splitlines() if line.startswith("async guard:")]
    assert len(notes) == len({*notes}) == 2 * len(REMOVED) + 1


def test_a_wrong_marker_is_an_error(scratch: Path, run: Run) -> None:
    """It says what is wrong with it, in the test that has it."""
    for number, marker in enumerate(WRONG):
        write(scratch, f"@{marker}", f"leak_{number}")
    printed = failure(scratch, run, "--junitxml=junit.xml")
    assert "INTERNALERROR" not in printed
    failed = corpus.failures(scratch / "junit.xml")
    for number, message in enumerate(WRONG.values()):
        assert message in failed[f"test_leak_{number}::test_leak"]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("async_guard_deadline=soon", "could not convert string to float: 'soon'"),
        ("async_guard_deadline=0", "a number of seconds above 0: 0"),
        ("async_guard_deadline=nan", "a number of seconds above 0: nan"),
        ("async_guard_off=task", "there is no check 'task'; the checks are coroutines"),
        ("async_guard_dedline=5", "Unknown config option"),
    ],
)
def test_a_wrong_setting_is_an_error(
    scratch: Path, run: Run, setting: str, message: str
) -> None:
    """The run does not begin: it says which setting is wrong."""
    write(scratch)
    printed = failure(scratch, run, "-o", setting)
    assert "exited with 4:" in printed
    assert setting.partition("=")[0] in printed
    assert message in printed
    assert "Traceback" not in printed


def test_the_deadline_is_a_setting(scratch: Path, run: Run) -> None:
    """What is written in pyproject.toml holds."""
    settings = scratch / "pyproject.toml"
    mode = 'asyncio_mode = "auto"'
    text = settings.read_text("utf-8")
    settings.write_text(text.replace(mode, f"async_guard_deadline = 0.5\n{mode}"))
    (scratch / "tests/test_hang.py").write_text(
        "import asyncio\n\n\nasync def test_hang() -> None:\n    await asyncio.Event().wait()\n"
    )
    printed = failure(scratch, run)
    assert "still waiting after 0.5 s, at tests/test_hang.py:5 [deadline]" in printed
