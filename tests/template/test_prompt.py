"""The questions, answered through a real terminal."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest
import yaml

from tests.support import checks, commands

ENTER, CLEAR, CONTROL_C = "\r", "\x15", "\x03"


class Terminal:
    """A terminal in which `copier copy` asks its questions."""

    def __init__(self, template: Path, project: Path) -> None:
        # Without this variable, the prompt waits for the terminal to say where the cursor is.
        environment = commands.environment() | {
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "TERM": "xterm",
        }
        command = ["-m", "copier", "copy", str(template), str(project)]
        self.child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            command,
            env=environment,
            encoding="utf-8",
            dimensions=(50, 200),
            timeout=30,
        )

    def sees(self, text: str) -> None:
        """Wait until the terminal shows a text, whatever escapes stand between its words."""
        self.child.expect(
            r"(?:\x1b\[[0-9;?]*[A-Za-z]|\s)+".join(map(re.escape, text.split()))
        )

    def types(self, text: str) -> None:
        """Press the keys of a text."""
        self.child.send(text)

    def exit_code(self) -> int | None:
        """Wait for the end."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus


@pytest.fixture
def terminal(copier_template: Path, tmp_path: Path) -> Iterator[Terminal]:
    """A terminal that shows the first question about tmp_path/new."""
    terminal = Terminal(copier_template, tmp_path / "new")
    terminal.sees(next(iter(questions(copier_template).values()))["help"])
    yield terminal
    terminal.child.close(force=True)


def questions(template: Path) -> dict[str, dict[str, str]]:
    """Return the questions that the default answers lead to, in order."""
    settings = yaml.safe_load((template / "copier.yml").read_text("utf-8"))
    asked = {key: value for key, value in settings.items() if not key.startswith("_")}
    return {key: value for key, value in asked.items() if key != "gitlab_user"}


def test_enter_takes_every_default(
    terminal: Terminal, copier_template: Path, tmp_path: Path
) -> None:
    """The terminal asks each question, and the project is the one that --defaults gives."""
    helps = [question["help"] for question in questions(copier_template).values()]
    assert len(helps) <= 13
    terminal.types(ENTER)
    for text in helps[1:]:
        terminal.sees(text)
        terminal.types(ENTER)
    terminal.sees("new is ready")
    assert terminal.exit_code() == 0
    checks.file_set(tmp_path / "new")


def test_a_wrong_answer_can_be_corrected(
    terminal: Terminal, copier_template: Path, tmp_path: Path
) -> None:
    """The message stands below the question, which waits for a better answer."""
    helps = [question["help"] for question in questions(copier_template).values()]
    terminal.types(f"{CLEAR}bad name{ENTER}")
    terminal.sees("Use letters a-z, digits, -, _ and .")
    terminal.types(f"{CLEAR}good-name{ENTER}")
    terminal.sees(helps[1])
    terminal.types(f"{CLEAR}json{ENTER}")
    terminal.sees("Use another, such as my_json")
    terminal.types(f"{CLEAR}good{ENTER}")
    terminal.sees(helps[2])
    terminal.types(f'{CLEAR}A "good" one: \\ {{{{ }}}}{ENTER}')
    for text in helps[3:]:
        terminal.sees(text)
        terminal.types(ENTER)
    terminal.sees("good-name is ready")
    assert terminal.exit_code() == 0
    answers = checks.answers(tmp_path / "new")
    assert answers["project_name"] == "good-name"
    assert answers["package_name"] == "good"
    assert answers["description"] == 'A "good" one: \\ {{ }}'


def test_control_c_leaves_nothing(terminal: Terminal, tmp_path: Path) -> None:
    """Whoever stops in the middle finds the folder as it was."""
    terminal.types(ENTER)
    terminal.sees("Import name")
    terminal.types(CONTROL_C)
    assert terminal.exit_code() not in (0, None)
    assert list(tmp_path.iterdir()) == []
