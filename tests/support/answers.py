"""Answers to whichever questions copier.yml has: the defaults, and others."""

import re
from typing import Any

from tests.support import ROOT
from tests.support.pairs import asked, choices
from tests.support.projects import QUESTIONS, SETTINGS

CHOICES = choices(SETTINGS)

TEXTS = {
    "description": 'Does "more": \\ {{ }}',
    "user_email": "grace@a.example",
    "user_name": 'Grace "G" Hopper',
}
"""Valid answers to questions of free text. A question that is not listed accepts `other`."""


def default(name: str) -> Any:
    """Return the default of a question with choices; of free text, nothing."""
    if name not in CHOICES:
        return ""
    given = QUESTIONS[name]["default"]
    return given if given in CHOICES[name] else CHOICES[name][0]


def others(name: str) -> list[Any]:
    """Return the valid answers to a question but the default; of free text, one."""
    if name not in CHOICES:
        return [TEXTS.get(name, "other")]
    return [answer for answer in CHOICES[name] if answer != default(name)]


def those_asked(**answers: Any) -> list[str]:
    """Return the questions that are asked, in order, if all other answers are the defaults."""
    row = {name: answers.get(name, default(name)) for name in QUESTIONS}
    return [*asked(SETTINGS, row)]


def _kept() -> list[str]:
    text = (ROOT / "includes/validation.jinja").read_text("utf-8")
    macros = dict(re.findall(r"(?s){% macro (\w+)(\(.*?)endmacro", text))
    validators = {name: question["validator"] for name, question in QUESTIONS.items()}
    called = {
        name: re.findall(r"refuse\.(\w+)", validators[name])[0] for name in validators
    }
    return [
        n for n in called if called[n] == "change" or "change(" in macros[called[n]]
    ]


KEPT = _kept()
"""The questions whose answers an update keeps: their validators call `change`."""
