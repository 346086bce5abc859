"""Bad answers: the refusal names the question, the value and the remedy; nothing is written."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.support.commands import CommandError
from tests.support.projects import Render, Run

REFUSED = [
    ("project_name", ["", " ", "my project", "-a", "a-", "naïve", "a" * 101, "a\n"]),
    ("project_name", ["aiohttp", "PyTest", "pytest_asyncio", "my-pkg/.."]),
    ("package_name", ["mock", "brotli", "orjson", "build", "dist", "node_modules"]),
    ("package_name", ["", "Foo", "1a", "a-b", "a b", "é", "_a", "a" * 41, "a\n"]),
    ("package_name", ["class", "match", "json", "pytest", "tests", "con", "test_a"]),
    (
        "description",
        ["", " a", "a ", "a  b", "a\nb", "a\tb", "\0", "\x7f", "\x85", "\u2028"],
    ),
    ("description", ["\u202e", "\ufeff", "\ud800", "x" * 513]),
    ("user_name", ["", "a\r\nb", "\x1b[1m", "x" * 201]),
    ("user_email", ["nobody", "a@b", "a b@c.d", "a@b.c\n", "@b.c", "a@b.c ", "a@@b.c"]),
    ("user_email", [".a@b.c", "a..b@c.d", "a@-b.c", "Ada <a@b.c>"]),
    ("github_user", ["@a", "-a", "a/b", "a b", "https://github.com/a", "a" * 40]),
]


@pytest.mark.parametrize(
    ("question", "value"),
    [(question, value) for question, values in REFUSED for value in values],
)
def test_a_bad_answer_is_refused(
    render: Render, tmp_path: Path, question: str, value: str
) -> None:
    """The message says which answer cannot be, why, and what to do instead."""
    with pytest.raises(ValueError, match=question) as caught:
        render(tmp_path / "new", **{question: value})
    message = str(caught.value)
    assert f"{question} cannot be {json.dumps(value)}: " in message
    assert re.search(r"; .{6,}\.$", message)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("value", ["/a", "a//b", "a b", "@a", "a/"])
def test_a_bad_gitlab_user_is_refused(render: Render, value: str) -> None:
    """The question is asked, and its answer checked, where the repository is on GitLab."""
    with pytest.raises(ValueError, match=f"gitlab_user cannot be {json.dumps(value)}"):
        render(repository_provider="gitlab", gitlab_user=value)


@pytest.mark.parametrize("question", ["license", "python_min", "repository_provider"])
def test_an_unknown_choice_is_refused(render: Render, question: str) -> None:
    """Copier's own message names the question."""
    with pytest.raises(ValueError, match=question):
        render(**{question: "nothing"})


def test_the_command_fails_and_leaves_nothing(
    copier_template: Path, tmp_path: Path, run: Run
) -> None:
    """The last thing that `copier copy` prints is the refusal; no folder is left behind."""
    answer = "package_name=My Package"
    with pytest.raises(CommandError) as caught:
        run(
            tmp_path,
            *(sys.executable, "-m", "copier", "copy", "--defaults"),
            *("--data", answer, copier_template, "new"),
        )
    last = str(caught.value).splitlines()[-1]
    assert 'package_name cannot be "My Package"' in last
    assert "start with a letter a-z" in last
    assert list(tmp_path.iterdir()) == []
