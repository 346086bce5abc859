"""Rows of answers in which each pair of choices meets, from the questions of copier.yml."""

import os
import re
from collections.abc import Callable, Mapping
from functools import cache
from itertools import combinations, product
from typing import Any

import yaml
from jinja2 import Environment, Template

from tests.support import ROOT
from tests.support.projects import INSTALLED, SETTINGS, SUPPORTED

TEMPLATE = ROOT / "template"
Row = dict[str, Any]
Pair = tuple[tuple[str, Any], ...]


def choices(settings: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the answers that each question has, of those questions that have a choice."""
    asked = {
        name: q
        for name, q in settings.items()
        if not name.startswith("_") and q.get("when") is not False
    }
    booleans = {name: [False, True] for name, q in asked.items() if q["type"] == "bool"}
    return {
        name: offered(q["choices"]) if "choices" in q else booleans[name]
        for name, q in asked.items()
        if "choices" in q or name in booleans
    }


def offered(choices: list[Any] | str) -> list[Any]:
    """Return the choices of a question in a new project: the list, or the first of a template."""
    if isinstance(choices, list):
        return choices
    found: list[Any] = yaml.safe_load(re.findall(r"\[[^]]*\]", choices)[0])
    return found


def every_row(settings: Mapping[str, Any], *names: str) -> list[Row]:
    """Return each combination of answers, to these questions or to all that are asked."""
    answers = choices(settings)
    if names:
        answers = {name: answers[name] for name in answers if name in names}
    rows = (dict(zip(answers, row, strict=True)) for row in product(*answers.values()))
    kept = (tuple(asked(settings, row).items()) for row in rows)
    return [dict(row) for row in dict.fromkeys(kept)]


def asked(settings: Mapping[str, Any], row: Row) -> Row:
    """Return the answers of a row whose questions are asked, given the others."""

    def is_asked(name: str) -> bool:
        if "when" not in settings[name]:
            return True
        said = compiled(str(settings[name]["when"])).render(row)
        return said.strip().lower() not in {"", "false", "no", "off", "0", "none"}

    return {name: answer for name, answer in row.items() if is_asked(name)}


@cache
def compiled(text: str) -> Template:
    """Return the condition of a question, compiled."""
    return Environment().from_string(text)


def pairs(row: Row) -> set[Pair]:
    """Return each two questions of a row with their answers."""
    return {*combinations(row.items(), 2)}


def covering(rows: list[Row], wanted: Callable[[Row], set[Any]]) -> list[Row]:
    """Choose rows until all that is wanted of any of them is in one that is chosen."""
    parts = [wanted(row) for row in rows]
    missing = set().union(*parts)
    chosen = []
    while missing:
        best = max(range(len(rows)), key=lambda i: len(missing & parts[i]))
        chosen.append(rows[best])
        missing -= parts[best]
    return chosen


def shaping_code() -> list[str]:
    """Return the questions whose answers decide which code there is, or are in a tag of that code."""
    folders, answers = ("src", "tests", "docs"), choices(SETTINGS)
    files = (file for one in folders for file in (TEMPLATE / one).rglob("*.jinja"))
    tags = re.findall(r"{%.*?%}", "".join(file.read_text("utf-8") for file in files))
    words = re.findall(r"\w+", " ".join(tags))
    patterns = compiled("\n".join(SETTINGS["_exclude"]))
    default = {name: offered[0] for name, offered in answers.items()}

    def left_out(name: str, answer: Any) -> tuple[str, ...]:
        lines = patterns.render({**default, name: answer}).split()
        return tuple(line for line in lines if line[1:].startswith(folders))

    return [
        name
        for name, offered in answers.items()
        if name in words or len({left_out(name, one) for one in offered}) > 1
    ]


CODE = [name for name in shaping_code() if name != "python_min"]
"""The questions whose answers shape the code, but for its syntax: that is run once a Python."""

PYTHON = os.environ.get("MATRIX_PYTHON", INSTALLED[-1])
"""The Python that rows are run on, the newest that is installed."""


def runs(row: Row) -> bool:
    """Return whether a row's project supports that Python."""
    return SUPPORTED.index(row["python_min"]) <= SUPPORTED.index(PYTHON)


def to_run(row: Row) -> set[Any]:
    """Return the pairs of a row whose project must be run, and its oldest Python."""
    if not runs(row):
        return set()
    return pairs({name: row[name] for name in CODE if name in row}) | {
        row["python_min"]
    }


ROWS = every_row(SETTINGS)
RUN = covering(ROWS, to_run)
RUN.sort(key=lambda row: bool(row["docs"]))  # So that Sphinx is installed once.
_run = set().union(*map(pairs, RUN))
READ = covering(ROWS, lambda row: pairs(row) - _run)
"""The rows to run, those that share caches side by side, and those with the pairs that are left."""
