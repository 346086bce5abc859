"""The questions, answered at a terminal, as they look on its screen."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import checks
from tests.support.pairs import asked, choices
from tests.support.projects import SETTINGS
from tests.support.selection import thorough_but
from tests.support.terminals import CLEAR, CONTROL_C, ENTER, Terminal

Copy = Callable[..., Terminal]
QUESTIONS = {
    name: question
    for name, question in SETTINGS.items()
    if not name.startswith("_") and question.get("when") is not False
}
FIRST = {name: offered[0] for name, offered in choices(SETTINGS).items()}
ASKED = asked(SETTINGS, {**dict.fromkeys(QUESTIONS, ""), **FIRST})
HELPS = [QUESTIONS[name]["help"] for name in QUESTIONS if name in ASKED]
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


GOOD = {"description": 'A "good" one: \\ {{ }}', "user_email": "ada@a.example"}
GITLAB = ("--defaults", "--data=repository_provider=gitlab", "--ask=gitlab_user")


@pytest.mark.parametrize("columns", thorough_but([60, 80], 60))
def test_the_screen_shows_the_remedy(
    copy_in: Copy, tmp_path: Path, columns: int
) -> None:
    """A refusal is one line, cut off after the remedy; a better answer is taken."""
    terminal, gitlab = copy_in(columns), copy_in(columns, *GITLAB, folder="gitlab")
    for name, question in QUESTIONS.items():
        asking = gitlab if name == "gitlab_user" else terminal
        assert question["help"] in asking.sees(question["help"])  # On one line.
        rows = [row for asked, *row in REFUSED if asked == name]
        for bad, *remedies in rows:
            asking.types(CLEAR, bad, ENTER)
            remedy = remedies[columns > 60]
            refusal = f"Validation error for question '{name}': {remedy}"
            assert refusal in asking.sees(refusal)
        good = GOOD.get(name, "ada")
        asking.types(*([CLEAR, good] if rows else []), ENTER)
    for finished in (terminal, gitlab):
        assert finished.exit_code() == 0
    answers = checks.answers(tmp_path / "new")
    assert (
        answers.items() >= {**GOOD, "package_name": "ada", "github_user": "ada"}.items()
    )


def test_control_c_leaves_nothing(copy_in: Copy, tmp_path: Path) -> None:
    """Whoever stops in the middle finds the folder as it was."""
    terminal = copy_in(80)
    terminal.sees(HELPS[0])
    terminal.types(ENTER)
    terminal.sees(HELPS[1])
    terminal.types(CONTROL_C)
    assert terminal.exit_code() not in (0, None)
    assert list(tmp_path.iterdir()) == []
