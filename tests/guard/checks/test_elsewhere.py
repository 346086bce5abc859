"""What the guard leaves to ruff, mypy, pytest and its plugins: each finds its mistakes."""

import re
from pathlib import Path

import pytest

from tests.guard import corpus
from tests.support import ROOT, checks
from tests.support.commands import CommandError
from tests.support.projects import Run

MISTAKES = corpus.read("elsewhere")
LINTERS = {
    "ruff": ("ruff", "check", "--ignore-noqa", "--output-format=concise"),
    "mypy": ("mypy",),
}
LINE = r"^\S*?(\w+)\.py:\d+:(?:\d+: ([A-Z]+\d+) .*| error: .*\[([\w-]+)\])$"


def of(tool: str) -> list[corpus.Mistake]:
    """Return the mistakes that a tool is to find."""
    return [mistake for mistake in MISTAKES if mistake.source == tool]


@pytest.mark.parametrize("tool", LINTERS)
def test_a_linter_finds_its_mistakes(scratch: Path, run: Run, tool: str) -> None:
    """Each by the rule that the corpus names, in its module."""
    for mistake in of(tool):
        for path, part in mistake.parts.items():
            # What the corpus has to ignore to be clean here is what is to be found.
            text = re.sub(r"  # type: ignore.*$", "", part, flags=re.MULTILINE)
            (scratch / path).write_text(text, "utf-8")
    with pytest.raises(CommandError) as caught:
        run(scratch, "uv", "run", "--quiet", *LINTERS[tool])
    lines = re.findall(LINE, str(caught.value), re.MULTILINE)
    found = {(module.removeprefix("test_"), a or b) for module, a, b in lines}
    assert {(m.name, m.found_by) for m in of(tool)} - found == set()


@pytest.mark.thorough
def test_pytest_finds_its_mistakes(scratch: Path, run: Run) -> None:
    """What never comes back to the loop ends by pytest-timeout; scopes are pytest-asyncio's."""
    corpus.place(scratch, of("pytest"))
    options = ("-n4", "--dist=loadfile", "-o", "timeout=2", "--junitxml=junit.xml")
    with pytest.raises(CommandError, match="exited with 1:"):
        run(scratch, "uv", "run", "--quiet", "pytest", "-p", "no:randomly", *options)
    failed = corpus.failures(scratch / "junit.xml")
    for mistake in of("pytest"):
        assert mistake.found_by in failed[f"test_{mistake.name}::test_mistake"]
    assert not any(text for test, text in failed.items() if "mistake" not in test)


def test_what_is_not_found_is_listed() -> None:
    """The page of the guard has a row for each kind of mistake that no tool finds."""
    page = (ROOT / "docs/guard.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \|$", page, re.MULTILINE)
    assert {mistake.found_by for mistake in of("nothing")} <= {*rows}


@pytest.mark.thorough
def test_what_is_not_found_is_really_not_found(scratch: Path, run: Run) -> None:
    """Each mistake of the list passes: where the guard learns to find it, the list is wrong."""
    corpus.place(scratch, of("nothing"))
    run(scratch, "uv", "run", "--quiet", "pytest", "-p", "no:randomly", "-n2")


def test_no_other_machine_is_reached(scratch: Path, run: Run) -> None:
    """A connection to another host fails the test that made it; its neighbours pass."""
    (scratch / "tests/test_0_innocent.py").write_text(corpus.INNOCENT, "utf-8")
    (scratch / "tests/test_other_host.py").write_text(
        "import asyncio\n\n\nasync def test_other_host() -> None:\n"
        '    await asyncio.open_connection("192.0.2.1", 80)\n'
    )
    with pytest.raises(CommandError) as caught:
        run(scratch, "uv", "run", "--quiet", "pytest")
    assert 'socket.socket.connect() with host "192.0.2.1"' in str(caught.value)
    assert checks.outcomes(str(caught.value)) == {"failed": 1, "passed": 1}
