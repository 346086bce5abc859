"""The guard in odd set-ups: it is never silent there, and does not get in a person's way."""

import re
from pathlib import Path
from shutil import copytree, move

import pytest

from tests.guard import corpus
from tests.guard.runs import PYTEST, failure
from tests.support import checks
from tests.support.projects import Run
from tests.support.selection import thorough, thorough_but

FORGOTTEN = """
import asyncio


async def test_forgotten():
    asyncio.sleep(0)
"""
RETRIED = """
import asyncio

TRIES = []


async def test_retried():
    TRIES.append(asyncio.create_task(asyncio.Event().wait()))
    await asyncio.sleep(0)
    assert len(TRIES) > 1
"""
HOOKS = [
    thorough("async def", "pytest_configure", "config"),
    ("def", "pytest_collection_modifyitems", "items"),
    ("def", "pytest_runtest_logreport", "report"),
    thorough("async def", "pytest_sessionfinish", "session"),
    thorough("def", "pytest_unconfigure", "config"),
    ("async def", "pytest_unconfigure", "config"),
]
LIBRARY = """
import threading

names = {}
exec(compile('''
class Broken:
    def __del__(self):
        raise ValueError("in a library")


def fail():
    raise ValueError("in a library")
''', "/usr/lib/library.py", "exec"), names)


def test_finalizer():
    names["Broken"]()


def test_thread():
    thread = threading.Thread(target=names["fail"])
    thread.start()
    thread.join()
"""
DEBUGGED = """
import asyncio
import io
import pdb
import sys
import threading

from my_project import slow


class Person(io.StringIO):
    \"\"\"Thinks for longer than the deadline, then continues.\"\"\"

    def readline(self, *_):
        threading.Event().wait(1.5)
        return "continue\\n"


async def test_debugged():
    debugger = pdb.Pdb(stdin=Person(), stdout=io.StringIO(), nosigint=True, readrc=False)
    debugger.use_rawinput = False
    debugger.set_trace()
    await asyncio.sleep(0)
    sys.settrace(None)


async def test_attached():
    sys.settrace(lambda *_: None)
    try:
        await slow.sleep()
    finally:
        sys.settrace(None)
"""
FROZEN = """
import asyncio
import time

import pytest
from freezegun import freeze_time


@pytest.fixture
def frozen():
    with freeze_time("2020-01-01") as clock:
        yield clock


async def test_innocent(frozen):
    frozen.tick(3600)
    await asyncio.sleep(0)


@freeze_time("2020-01-01", real_asyncio=True)
async def test_hang():
    await asyncio.Event().wait()
"""


def write(project: Path, text: str, path: str = "tests/test_case.py") -> None:
    """Write a file of a project."""
    (project / path).write_text(text, "utf-8")


def test_each_try_of_a_test_is_judged(scratch: Path, run: Run) -> None:
    """A second try that passes still leaves a task, and fails for it."""
    write(scratch, RETRIED)
    printed = failure(scratch, run, "--reruns=1")
    assert "at tests/test_case.py:8 [tasks]" in printed


@pytest.mark.parametrize(("kind", "hook", "argument"), HOOKS)
def test_a_coroutine_dropped_in_a_hook_fails_the_run(
    scratch: Path, run: Run, kind: str, hook: str, argument: str
) -> None:
    """With its line, wherever in the run it is dropped; no test is blamed."""
    conftest = scratch / "tests/conftest.py"
    text = conftest.read_text("utf-8")
    line = len(text.splitlines()) + (4 if kind == "async def" else 5)
    conftest.write_text(
        f"{text}\nimport asyncio\n\n{kind} {hook}({argument}):\n    asyncio.sleep(0)\n",
        "utf-8",
    )
    write(scratch, corpus.INNOCENT)
    printed = failure(scratch, run)
    assert re.search(
        rf"at tests/conftest\.py:{line} \[coroutines\]$", printed, re.MULTILINE
    )
    assert checks.outcomes(printed) == {"passed": 1}


@pytest.mark.parametrize("options", [("-o", "filterwarnings="), ("-p", "no:warnings")])
def test_a_project_without_filters_is_guarded(
    scratch: Path, run: Run, options: tuple[str, str]
) -> None:
    """Warnings need not be errors for a coroutine to be reported."""
    write(scratch, FORGOTTEN)
    printed = failure(scratch, run, *options)
    assert "at tests/test_case.py:6 [coroutines]" in printed


def test_the_guard_hides_nothing_that_pytest_reports(scratch: Path, run: Run) -> None:
    """What is not the project's own stays pytest's to report."""
    write(scratch, LIBRARY)
    for options in ((), ("--no-async-guard",)):
        assert checks.outcomes(failure(scratch, run, *options)) == {"failed": 2}


def test_the_root_is_the_folder_of_the_settings(scratch: Path, run: Run) -> None:
    """Whatever `--rootdir` says."""
    write(scratch, FORGOTTEN)
    printed = failure(
        scratch, run, f"--rootdir={scratch.parent}", "-c", "pyproject.toml"
    )
    assert "at tests/test_case.py:6 [coroutines]" in printed


def test_a_project_may_be_inside_pythons_prefix(scratch: Path, run: Run) -> None:
    """As in `VIRTUAL_ENV/src/project`, or `/usr/src/app`."""
    run(scratch, "uv", "venv", "--quiet", scratch.parent / "env")
    project = Path(copytree(scratch, scratch.parent / "env/src/project"))
    write(project, FORGOTTEN)
    run(project, "uv", "pip", "install", "--quiet", "--python", project.parents[1],
        "--editable", ".", "--group", "test")  # fmt: skip
    python = next(project.parents[1].glob("[Bbs]*/python*"))
    with pytest.raises(
        AssertionError, match=r"at tests/test_case\.py:6 \[coroutines\]"
    ):
        run(project, python, "-m", "pytest")


def test_an_environment_in_the_project_is_not_its_code(scratch: Path, run: Run) -> None:
    """Neither pytest nor the script that starts it is taken for a test."""
    run(scratch, "uv", "sync", "--quiet")
    write(scratch, RETRIED.replace("assert len(TRIES) > 1", "assert TRIES"))
    printed = failure(scratch, run)
    assert "at tests/test_case.py:8 [tasks]" in printed


def test_a_project_without_a_package_is_noted(scratch: Path, run: Run) -> None:
    """The check `blocking` has nothing to look at, and the summary says so."""
    move(scratch / "src/my_project/streams.py", scratch / "my_module.py")
    for module in scratch.glob("src/my_project/*"):
        module.unlink()
    (scratch / "src/my_project").rmdir()
    (scratch / "tests/conftest.py").unlink()
    write(scratch, "def test_nothing():\n    pass\n")
    run(scratch, "uv", "sync", "--quiet", "--no-install-project")
    printed = run(scratch, ".venv/bin/python", "-m", "pytest")
    assert "async guard: blocking: there is no package in" in printed


def test_a_debugger_stops_the_deadline(scratch: Path, run: Run) -> None:
    """A person may think at a prompt; a debugger that is attached turns `blocking` off, too."""
    write(
        scratch,
        "import time\n\n\nasync def sleep():\n    time.sleep(0.01)\n",
        "src/my_project/slow.py",
    )
    write(scratch, DEBUGGED)
    printed = run(scratch, *PYTEST, "-o", "async_guard_deadline=0.5", "-p", "no:cov")
    assert checks.outcomes(printed) == {"passed": 2}


def test_a_frozen_clock_changes_nothing(scratch: Path, run: Run) -> None:
    """An innocent test passes, and one that hangs is ended at its deadline."""
    write(scratch, FROZEN)
    printed = failure(scratch, run, "-o", "async_guard_deadline=1", "-o", "timeout=30")
    assert "still waiting after 1 s, at tests/test_case.py:22 [deadline]" in printed
    assert checks.outcomes(printed) == {"passed": 1, "failed": 1}


@pytest.mark.parametrize(
    "name", thorough_but(["asyncio", "socket", "timeout"], "timeout")
)
def test_a_plugin_that_is_needed_says_so(project: Path, run: Run, name: str) -> None:
    """Turned off by hand, it gives one clear line."""
    printed = failure(project, run, "-p", f"no:{name}")
    assert f"-p no:{name}: this project's settings need that plugin" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    "command",
    [
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1 uv run --quiet pytest",
        thorough("COVERAGE_CORE=sysmon uv run --quiet pytest --cov"),
        thorough("uv run --quiet python -O -m pytest"),
        thorough("PYTHONASYNCIODEBUG=1 uv run --quiet pytest"),
    ],
)
def test_the_samples_pass_in_any_environment(
    project: Path, run: Run, command: str
) -> None:
    """None of these ends in a traceback, a usage error or a failure."""
    printed = run(project, "sh", "-c", command)
    assert set(checks.outcomes(printed)) <= {"passed", "warning", "warnings"}
    assert checks.outcomes(printed)["passed"] > 50


def test_the_suite_needs_no_private_attribute(
    project: Path, run: Run, tmp_path: Path
) -> None:
    """Without those that are used, it runs on."""
    (tmp_path / "renaming.py").write_text(
        "import asyncio.tasks, warnings\n\n"
        "del asyncio.tasks._unregister_task, warnings._warn_unawaited_coroutine\n"
    )
    options = ("-p", "renaming", "-o", f"pythonpath=tests {tmp_path}")
    printed = run(project, "uv", "run", "--quiet", "pytest", *options)
    assert set(checks.outcomes(printed)) == {"passed"}
