"""Rows of answers in which each pair of choices meets, from the questions of copier.yml."""

from collections.abc import Mapping
from functools import cache
from itertools import combinations, product
from typing import Any

from jinja2 import Environment, Template

Row = dict[str, Any]


def choices(settings: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the answers that each question has, of those questions that have a choice."""
    asked = {name: q for name, q in settings.items() if not name.startswith("_")}
    booleans = {name: [False, True] for name, q in asked.items() if q["type"] == "bool"}
    return {
        name: q["choices"] if "choices" in q else booleans[name]
        for name, q in asked.items()
        if "choices" in q or name in booleans
    }


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


def pairwise(rows: list[Row]) -> list[Row]:
    """Choose rows until each pair of answers that is in any of them is in one that is chosen."""
    return covering(rows, 2)


def covering(rows: list[Row], size: int) -> list[Row]:
    """Choose rows until each combination of so many answers is in one of them."""
    parts = [{*combinations(row.items(), size)} for row in rows]
    missing = set().union(*parts)
    chosen = []
    while missing:
        best = max(range(len(rows)), key=lambda i: len(missing & parts[i]))
        chosen.append(rows[best])
        missing -= parts[best]
    return chosen
