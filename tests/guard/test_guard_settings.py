"""The settings, the marker and the report of the async guard, and what it does without a part."""

import ast
import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.guard import corpus
from tests.support import ROOT, checks
from tests.support.commands import CommandError
from tests.support.projects import Run

GUARD = ROOT / "template/tests/async_guard"
LEAK = """
import asyncio

import pytest


{marker}
async def test_leak() -> None:
    task = asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)
    assert not task.done()
"""


def write(project: Path, marker: str = "") -> None:
    """Write a test that leaves a task running."""
    (project / "tests/test_leak.py").write_text(LEAK.format(marker=marker), "utf-8")


def failure(project: Path, run: Run, *options: str) -> str:
    """Return what a run of pytest printed that failed."""
    with pytest.raises(CommandError) as caught:
        run(project, "uv", "run", "--quiet", "pytest", "-p", "no:randomly", *options)
    return str(caught.value)


def passes(project: Path, run: Run, *options: str) -> str:
    """Return what a run of pytest printed in which one test passed, and nothing else happened."""
    printed = run(project, "uv", "run", "--quiet", "pytest", *options)
    assert checks.outcomes(printed) == {"passed": 1}, printed
    return printed


def test_a_report_says_what_where_and_how(scratch: Path, run: Run) -> None:
    """Three lines, in that order, and no traceback; a fourth where pytest counts a pass."""
    write(scratch)
    report = """
        the task Event.wait() was left running, at tests/test_leak.py:9 [tasks]
            task = asyncio.create_task(asyncio.Event().wait())
            To mend it: await it, cancel and await it, or start it in an `asyncio.TaskGroup`.
            test_leak was over, and is counted as passed: this error fails the run.
        =
    """
    assert f"\n{dedent(report).strip()}" in failure(scratch, run)


def test_all_mistakes_of_a_test_are_reported(scratch: Path, run: Run) -> None:
    """The first does not hide the second."""
    (scratch / "tests/test_two.py").write_text(
        "import asyncio\nimport socket\n\n\nasync def test_two() -> None:\n"
        "    sock = socket.socket()\n    asyncio.sleep(sock.fileno())\n",
        "utf-8",
    )
    printed = failure(scratch, run)
    assert "at tests/test_two.py:6 [resources]" in printed
    assert "at tests/test_two.py:7 [coroutines]" in printed


def test_what_a_test_did_before_it_hung_is_reported_too(
    scratch: Path, run: Run
) -> None:
    """A mistake of its own is; what it had no time to end is not."""
    (scratch / "tests/test_hang.py").write_text(
        "import asyncio\n\n\nasync def test_hang() -> None:\n"
        "    asyncio.sleep(0)\n"
        "    later = asyncio.sleep(0)\n"
        "    task = asyncio.create_task(asyncio.Event().wait())\n"
        "    await asyncio.shield(task)\n"
        "    await later\n",
        "utf-8",
    )
    printed = failure(scratch, run, "-o", "async_guard_deadline=0.5")
    assert re.findall(
        r"at tests/(test_hang\.py:\d+ \[\w+\])$", printed, re.MULTILINE
    ) == [
        "test_hang.py:5 [coroutines]",
        "test_hang.py:8 [deadline]",
    ]


def test_hypothesis_does_not_try_again_what_hangs(scratch: Path, run: Run) -> None:
    """An example takes the deadline once, and the report names the line."""
    (scratch / "tests/test_hang.py").write_text(
        "import asyncio\n\nfrom hypothesis import given\n"
        "from hypothesis import strategies as st\n\n\n"
        "@given(st.integers())\n"
        "async def test_hang(number: int) -> None:\n"
        "    if number > 3:\n"
        "        print('it hangs', flush=True)\n"
        "        await asyncio.Event().wait()\n",
        "utf-8",
    )
    printed = failure(scratch, run, "-s", "-o", "async_guard_deadline=0.5")
    assert "at tests/test_hang.py:11 [deadline]" in printed
    assert printed.count("it hangs") == 1


LATER = """
@pytest.fixture
async def number() -> int:
    return 1


{} test_later(number: int) -> None:
    assert number
"""


@pytest.mark.parametrize(
    ("later", "found"),
    [
        (LATER.format("async def"), "tests/test_earlier.py::test_later"),
        (LATER.format("def"), "tests/test_earlier.py::test_later"),
        ("", "the end of the run"),
    ],
)
def test_what_an_earlier_test_left_fails_the_run(
    scratch: Path, run: Run, later: str, found: str
) -> None:
    """It fails no later test that uses a loop, be it for a fixture alone: it is noted, and counts."""
    (scratch / "tests/test_earlier.py").write_text(
        "import asyncio\nfrom typing import Any\n\nimport pytest\n\n\n"
        "def test_cycle() -> None:\n"
        "    cycle: list[Any] = [asyncio.sleep(0)]\n"
        f"    cycle.append(cycle)\n{later}",
        "utf-8",
    )
    for plugin in (("-p", "no:randomly"), ("-n1",)):
        printed = failure(scratch, run, *plugin)
        assert set(checks.outcomes(printed)) == {"passed"}, printed
        noted = f"before {found}, the coroutine sleep() was never awaited, at "
        assert f"{noted}tests/test_earlier.py:8 [coroutines]" in printed
        assert "Found too late for a test to fail: the run does." in printed


def test_a_context_manager_is_told_from_a_generator(scratch: Path, run: Run) -> None:
    """It is made of one, and is mended in another way."""
    name = "context_manager_entered_by_hand"
    corpus.place(scratch, [m for m in corpus.MISTAKES if m.name == name])
    printed = failure(scratch, run)
    assert "the async context manager opened() was entered and never left" in printed
    assert "To mend it: enter it by `async with`." in printed


def test_a_caller_that_awaits_nothing_is_not_to_be_given_an_await(
    scratch: Path, run: Run
) -> None:
    """Where pytest, unittest or the loop calls an async function, no call of one's own is at fault."""
    (scratch / "tests/test_called.py").write_text(
        "import asyncio\nfrom unittest import IsolatedAsyncioTestCase\n\n\n"
        "async def work():\n    pass\n\n\n"
        "async def test_callback():\n"
        "    asyncio.get_running_loop().call_soon(work)\n"
        "    await asyncio.sleep(0)\n\n\n"
        "class TestMethod:\n"
        "    async def setup_method(self):\n        pass\n\n"
        "    async def test_method(self):\n        pass\n\n\n"
        "class TestUnit(IsolatedAsyncioTestCase):\n"
        "    async def setUp(self):\n        pass\n\n"
        "    async def test_unit(self):\n        pass\n",
        "utf-8",
    )
    printed = failure(scratch, run)
    told = re.findall(
        r"at tests/test_called\.py:(\d+) \[coroutines\]$", printed, re.MULTILINE
    )
    assert told == ["15", "5", "23"]
    assert printed.count("To mend it: its caller awaits nothing: ") == len(told)


@pytest.mark.parametrize("file", ["tests/conftest.py", "src/my_project/errors.py"])
def test_what_a_conftest_drops_is_reported(scratch: Path, run: Run, file: str) -> None:
    """It, and the package that it imports, come before all else that pytest does."""
    module = scratch / file
    text = module.read_text("utf-8")
    module.write_text(f"{text}\n\nasync def warm() -> None:\n    pass\n\n\nwarm()\n")
    line = len(module.read_text("utf-8").splitlines())
    printed = failure(scratch, run)
    assert f"warm() was never awaited, at {file}:{line} [coroutines]" in printed
    assert checks.outcomes(printed)["failed"] == 1


def test_a_failing_test_s_coroutine_is_nobody_s_mistake(
    scratch: Path, run: Run
) -> None:
    """Neither its own, nor that of the test in which it happens to be collected."""
    (scratch / "tests/test_failing.py").write_text(
        "import gc\n\n\nasync def work():\n    pass\n\n\n"
        "def test_fails():\n    cycle = [work()]\n    cycle.append(cycle)\n"
        "    assert not cycle\n\n\n"
        "def test_collects():\n    assert gc.collect() is not None\n",
        "utf-8",
    )
    printed = failure(scratch, run, "tests/test_failing.py")
    assert checks.outcomes(printed) == {"failed": 1, "passed": 1}, printed
    assert "never awaited" not in printed


ODD = """
import sys
from pathlib import Path
from types import ModuleType


class Lazy:
    @property
    def __class__(self):
        raise RuntimeError("there are no settings yet")

    def __getattr__(self, name):
        raise RuntimeError("nor is there anything else")


settings = Lazy()
sys.modules["odd_object"] = settings
sys.modules["odd_file"] = odd = ModuleType("odd_file")
odd.__file__ = Path(__file__).with_name("odd_file.py")
sys.modules["gone"] = gone = ModuleType("gone")
gone.__file__ = str(Path(__file__).with_name("gone.py"))


async def test_odd() -> None:
    assert type(settings) is Lazy
"""


def test_odd_files_and_objects_are_left_alone(scratch: Path, run: Run) -> None:
    """A broken link, as an editor makes one; a folder; a lazy object; what is gone again."""
    package = scratch / "src/my_project"
    (package / ".#client.py").symlink_to("nobody@nowhere.123")
    (package / "folder.py").mkdir()
    (package / "latin.py").write_bytes(b"\xe9 = 1\n")
    (scratch / "tests/test_odd.py").write_text(ODD, "utf-8")
    passes(scratch, run, "tests/test_odd.py")


NESTED = """
import threading

import pytest


def test_nested() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert pytest.main(["-q", "-p", "no:randomly", "tests/test_inner.py"]) == 0
    finally:
        stop.set()
        thread.join()


def test_later() -> None:
    raise AssertionError
"""


def test_a_run_in_a_test_ends_only_itself(scratch: Path, run: Run) -> None:
    """A thread of the outer run goes on, and so do the tests after it."""
    (scratch / "tests/test_nested.py").write_text(NESTED, "utf-8")
    (scratch / "tests/test_inner.py").write_text("def test_inner():\n    pass\n")
    printed = failure(scratch, run, "tests/test_nested.py")
    assert "1 failed, 1 passed" in printed


UNREADABLE = """
from concurrent.futures import ThreadPoolExecutor


class Unreadable(Exception):
    def __repr__(self) -> str:
        raise ValueError("no")


def fail() -> None:
    raise Unreadable


async def test_unreadable() -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(fail)
"""


def test_an_exception_that_cannot_be_shown_is_reported(scratch: Path, run: Run) -> None:
    """By its name."""
    (scratch / "tests/test_unreadable.py").write_text(UNREADABLE, "utf-8")
    printed = failure(scratch, run)
    assert "nobody retrieved Unreadable from its future, at tests/test_un" in printed


def test_where_somebody_else_may_make_the_call_both_is_said(
    scratch: Path, run: Run
) -> None:
    """The line that made the coroutine does not call its function by name."""
    (scratch / "tests/test_given.py").write_text(
        "from contextlib import AsyncExitStack\n\n\n"
        "async def work():\n    pass\n\n\n"
        "async def test_given():\n"
        "    async with AsyncExitStack() as stack:\n"
        "        stack.callback(work)\n\n\n"
        "async def test_kept():\n"
        "    kept = work\n"
        "    kept()\n",
        "utf-8",
    )
    printed = failure(scratch, run)
    either = "put `await` in front of the call, or, where something else calls it"
    assert printed.count(f"To mend it: {either}") == 2


def test_the_guard_can_be_left_out_of_a_run(scratch: Path, run: Run) -> None:
    """It is the guard that fails the test, and nothing else."""
    write(scratch)
    assert checks.outcomes(failure(scratch, run)) == {"passed": 1, "errors": 1}
    passes(scratch, run, "--no-async-guard")


def test_a_check_can_be_turned_off(scratch: Path, run: Run) -> None:
    """In the settings for all tests, and by the marker for one, with a reason."""
    write(scratch)
    passes(scratch, run, "-o", "async_guard_off=tasks mocks")
    write(
        scratch,
        '@pytest.mark.async_guard_off("tasks", reason="It ends with the loop.")',
    )
    passes(scratch, run)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("async_guard_off", "takes a check and a reason"),
        ('async_guard_off("tasks")', "takes a check and a reason"),
        ('async_guard_off("tasks", reason=" ")', "takes a check and a reason"),
        ('async_guard_off("tasks", why="x")', "takes a check and a reason"),
        ('async_guard_off("task", reason="x")', "no check 'task'; the checks are"),
        ('async_guard_off(["tasks"], reason="x")', "no check ['tasks']; the checks"),
        ('async_guard_off(None, reason="x")', "no check None; the checks are"),
        ('async_guard_off("tasks", "mocks", reason="x")', "takes a check and a reason"),
        ('async_guard_off("tasks", "mocks", "x")', "takes a check and a reason"),
        ('async_guard_off("tasks", reason=1)', "takes a check and a reason"),
        (
            'async_guard_off("cancellation", reason="x")',
            "looks at the package's source",
        ),
        ("async_guard_on", "'async_guard_on' not found"),
    ],
)
def test_a_wrong_marker_is_an_error(
    scratch: Path, run: Run, marker: str, message: str
) -> None:
    """It says what is wrong with it, in the test that has it."""
    write(scratch, f"@pytest.mark.{marker}")
    printed = failure(scratch, run)
    assert message in printed
    assert "INTERNALERROR" not in printed


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("async_guard_deadline=soon", "must be a number of seconds"),
        ("async_guard_deadline=0", "must be above 0 seconds, and is 0"),
        ("async_guard_deadline=nan", "must be above 0 seconds, and is nan"),
        ("async_guard_blocking_limit=-1", "must be above 0 seconds, and is -1"),
        ("async_guard_off=task", "no check 'task'; the checks are coroutines, tasks"),
    ],
)
def test_a_wrong_setting_is_an_error(
    scratch: Path, run: Run, setting: str, message: str
) -> None:
    """The run does not begin: it says which setting is wrong, and what would be right."""
    write(scratch)
    printed = failure(scratch, run, "-o", setting)
    assert "exited with 4:" in printed
    assert f"ERROR: {setting.partition('=')[0]}" in printed
    assert message in printed


def test_a_misspelt_setting_is_an_error(scratch: Path, run: Run) -> None:
    """The run does not begin: it names the setting that there is not."""
    write(scratch)
    for setting in ("async_guard_dedline=5", "async_guard_of=tasks"):
        printed = failure(scratch, run, "-o", setting)
        assert "exited with 4:" in printed
        name = setting.partition("=")[0]
        assert f"ERROR: Unknown config option: {name}" in printed


MARKED = """
import asyncio

import pytest

{before}
OFF = pytest.mark.async_guard_off("tasks", reason="It ends with the loop.")


async def leave() -> None:
    asyncio.create_task(asyncio.Event().wait())
    await asyncio.sleep(0)

{after}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "",
            "@OFF\nclass TestLeak:\n    async def test_leak(self):\n        await leave()",
        ),
        (
            'pytestmark = [pytest.mark.async_guard_off("tasks", reason="It may.")]',
            "async def test_leak():\n    await leave()",
        ),
        (
            "",
            '@pytest.mark.parametrize("number", [pytest.param(1, marks=OFF)])\n'
            "async def test_leak(number):\n    await leave()",
        ),
        (
            "",
            "@pytest.fixture\nasync def leaving():\n    await leave()\n\n"
            "@OFF\nasync def test_leak(leaving):\n    pass",
        ),
    ],
    ids=["class", "module", "parameter", "fixture"],
)
def test_a_marker_stands_where_markers_may(
    scratch: Path, run: Run, before: str, after: str
) -> None:
    """On a class, a module, a set of parameters; it holds for the test's fixtures too."""
    text = MARKED.format(before=before, after=after)
    (scratch / "tests/test_leak.py").write_text(text, "utf-8")
    passes(scratch, run)
    wrong = text.replace('("tasks"', '("task"')
    (scratch / "tests/test_leak.py").write_text(wrong, "utf-8")
    assert "there is no check 'task'" in failure(scratch, run)


def test_the_deadline_and_the_limit_are_settings(scratch: Path, run: Run) -> None:
    """What is written in pyproject.toml holds."""
    settings = scratch / "pyproject.toml"
    mode = 'asyncio_mode = "auto"'
    text = settings.read_text("utf-8")
    text = text.replace(mode, f"async_guard_deadline = 0.5\n{mode}")
    settings.write_text(text, "utf-8")
    (scratch / "tests/test_hang.py").write_text(
        "import asyncio\n\n\nasync def test_hang() -> None:\n    await asyncio.Event().wait()\n",
        "utf-8",
    )
    assert "still waiting after 0.5 s, at tests/test_hang.py:5 [deadline]" in failure(
        scratch, run
    )


def test_a_module_of_both_kinds_is_noted(scratch: Path, run: Run) -> None:
    """It is worth a line in the summary, in a run in parallel too, and no failure."""
    (scratch / "tests/test_both.py").write_text(
        "def test_sync() -> None:\n    pass\n\n\nasync def test_async() -> None:\n    pass\n",
        "utf-8",
    )
    for options in ([], ["-n2"]):
        printed = run(scratch, "uv", "run", "--quiet", "pytest", *options)
        (note,) = re.findall(
            "^async guard: tests/test_both.py .*", printed, re.MULTILINE
        )
        assert note.endswith("mixes async and sync tests (a note: it fails nothing)")
        assert set(checks.outcomes(printed)) == {"passed"}


PARTS = [
    node.targets[0].id
    for node in ast.parse((GUARD / "private.py").read_text("utf-8")).body
    if isinstance(node, ast.Assign)
    and isinstance(node.targets[0], ast.Name)
    and isinstance(node.value, ast.Call)
]
RENAME = """
import async_guard.private as private

part = private.{part}._replace(name="_renamed")
private.PARTS = tuple(part if old is private.{part} else old for old in private.PARTS)
private.{part} = part
"""


@pytest.mark.parametrize("part", PARTS)
def test_without_a_private_part_the_suite_runs_on(
    project: Path, run: Run, tmp_path: Path, part: str
) -> None:
    """Where another library renames one, its checks are off, and the summary says so."""
    (tmp_path / "renaming.py").write_text(RENAME.format(part=part), "utf-8")
    pytest_ = ("pytest", "-p", "renaming", "-o", f"pythonpath=tests {tmp_path}")
    printed = run(project, "uv", "run", "--quiet", *pytest_)
    assert set(checks.outcomes(printed)) == {"passed"}
    assert "_renamed is missing" in printed
    assert "; off: " in printed
