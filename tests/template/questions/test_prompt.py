"""The questions, answered at a terminal, as they look on its screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import checks
from tests.support.answers import others, those_asked
from tests.support.pairs import ROWS
from tests.support.projects import QUESTIONS
from tests.support.selection import thorough_but
from tests.support.terminals import CLEAR, CONTROL_C, ENTER, Terminal

Copy = Callable[..., Terminal]
HELPS = [QUESTIONS[name]["help"] for name in those_asked()]
"""The questions that the default answers lead to, in order."""


@pytest.fixture
def copy_in(copier_template: Path, tmp_path: Path) -> Iterator[Copy]:
    """Run `copier copy` in a terminal of so many columns."""
    terminals = []

    def copy_in(columns: int, *options: str, folder: str = "new") -> Terminal:
        copy = ("copy", *options, str(copier_template), folder)
        terminals.append(Terminal(tmp_path, *copy, columns=columns))
        return terminals[-1]

    yield copy_in
    for terminal in terminals:
        terminal.close()


def test_enter_takes_every_default(copy_in: Copy, tmp_path: Path) -> None:
    """The terminal asks each question, and the project is the one that --defaults gives."""
    terminal = copy_in(80)
    assert len(HELPS) <= 13
    for text in HELPS:
        terminal.sees(text)
        terminal.types(ENTER)
    terminal.sees("new is ready")
    assert terminal.exit_code() == 0
    checks.file_set(tmp_path / "new")


REFUSED = [
    ("project_name", "my project", "Use my-project", "Use my-project (letters, digits, -"),
    ("project_name", "aiohttp", "Use my-aiohttp", "Use my-aiohttp or another"),
    ("package_name", "My Package", "Use my_package", "Use my_package (lowercase letters,"),
    ("package_name", "json", "Use my_json or", "Use my_json or another"),
    ("description", "", "Write a word or", "Write a word or more"),
    ("description", "a\u202eb", "Use plain text,", "Use plain text, in one line"),
    ("description", "a  b", "Remove spaces a", "Remove spaces at the ends, and doub"),
    ("user_name", "x" * 201, "Use at most 200 c", "Use at most 200 characters"),
    ("user_email", "ada", "Use ada@host.tld", "Use ada@host.tld, or leave it empty"),
    ("github_user", "@ada", "Use a-z, 0-9, -", "Use a-z, 0-9, - (the NAME of github"),
    ("gitlab_user", "a b", "Use a-z 0-9 _.-", "Use a-z 0-9 _.- (the PATH of gitlab"),
]  # fmt: skip
"""A bad answer for each reason to refuse one, and what 60 and 80 columns show of the refusal."""


def options_to_ask(name: str) -> list[str]:
    """Return the options with which a question is asked that the defaults do not lead to."""
    row = next(row for row in ROWS if name in those_asked(**row))
    data = [f"--data={question}={answer}" for question, answer in row.items()]
    return ["--defaults", *data, f"--ask={name}"]


@pytest.mark.parametrize("columns", thorough_but([60, 80], 60))
def test_the_screen_shows_the_remedy(
    copy_in: Copy, tmp_path: Path, columns: int
) -> None:
    """A refusal is one line, cut off after the remedy; a better answer is taken."""
    terminal = copy_in(columns)
    more = {
        name: copy_in(columns, *options_to_ask(name), folder=name)
        for name in QUESTIONS
        if name not in those_asked()
    }
    for name, question in QUESTIONS.items():
        asking = more.get(name, terminal)
        assert question["help"] in asking.sees(question["help"])  # On one line.
        rows = [row for asked, *row in REFUSED if asked == name]
        for bad, *remedies in rows:
            asking.types(CLEAR, bad, ENTER)
            remedy = remedies[columns > 60]
            refusal = f"Validation error for question '{name}': {remedy}"
            assert refusal in asking.sees(refusal)
        asking.types(*([CLEAR, others(name)[0]] if rows else []), ENTER)
    for finished in (terminal, *more.values()):
        assert finished.exit_code() == 0
    typed = {name: others(name)[0] for name, *_ in REFUSED if name not in more}
    assert checks.answers(tmp_path / "new").items() >= typed.items()


def test_control_c_leaves_nothing(copy_in: Copy, tmp_path: Path) -> None:
    """Whoever stops in the middle finds the folder as it was."""
    terminal = copy_in(80)
    terminal.sees(HELPS[0])
    terminal.types(ENTER)
    terminal.sees(HELPS[1])
    terminal.types(CONTROL_C)
    assert terminal.exit_code() not in (0, None)
    assert list(tmp_path.iterdir()) == []
