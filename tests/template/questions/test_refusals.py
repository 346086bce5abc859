"""Bad answers: the refusal begins with the remedy and names the value; nothing is written."""

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment

from tests.support.commands import CommandError
from tests.support.projects import QUESTIONS, Render, Run

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
    ("uvloop", ["maybe", "flase"]),
    ("docs", ["2", ""]),
]


@pytest.mark.parametrize(
    ("question", "value"),
    [(question, value) for question, values in REFUSED for value in values],
)
def test_a_bad_answer_is_refused(
    render: Render, tmp_path: Path, question: str, value: str
) -> None:
    """Copier names the question; the message says what to write instead, and why."""
    with pytest.raises(ValueError, match=f"'{question}': ") as caught:
        render(tmp_path / "new", **{question: value})
    remedy, found, reason = str(caught.value).partition(f": {json.dumps(value)} ")
    assert re.search(r"': [A-Z][a-z]+ .{6,}$", remedy)
    assert found
    assert re.fullmatch(r"[a-z].{6,}\.", reason)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("value", ["/a", "a//b", "a b", "@a", "a/"])
def test_a_bad_gitlab_user_is_refused(render: Render, value: str) -> None:
    """The question is asked, and its answer checked, where the repository is on GitLab."""
    with pytest.raises(ValueError, match=f"'gitlab_user': .*: {json.dumps(value)} "):
        render(repository_provider="gitlab", gitlab_user=value)


@pytest.mark.parametrize(
    "question", [q for q in QUESTIONS if "choices" in QUESTIONS[q]]
)
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
    assert "'package_name': Use my_package (lowercase letters" in last
    assert '"My Package"' in last
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_update_does_not_replace_a_stored_answer(
    jinja: Environment, tmp_path: Path, name: str
) -> None:
    """Copier takes a default for an answer that is no longer valid: each validator refuses that."""
    (tmp_path / "answers.yml").touch()
    validator = QUESTIONS[name]["validator"]
    assert len(re.findall(r"\{%|\{\{", validator)) == 2  # An import and a call.
    conf = {"dst_path": tmp_path, "answers_file": "answers.yml", "defaults": True}
    stored = {"previous": {name: "stored"}}
    value = True if QUESTIONS[name]["type"] == "bool" else "ada"
    refusal = jinja.from_string(validator).render(
        {name: value},
        _copier_conf=SimpleNamespace(**conf, data={}),
        _external_data=stored,
    )
    assert '"stored"' in refusal
