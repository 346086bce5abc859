"""Every pair of answers, and the oldest and newest dependencies: rendered, and run."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT, checks
from tests.support.commands import run
from tests.support.pairs import (
    CODE,
    PYTHON,
    READ,
    ROWS,
    RUN,
    Row,
    choices,
    covering,
    every_row,
    pairs,
    runs,
)
from tests.support.projects import INSTALLED, SETTINGS, Render

SHAPING = [name for name in choices(SETTINGS) if name in " ".join(SETTINGS["_exclude"])]


def name(row: Row) -> str:
    """Return a row as the name of a test."""
    return "-".join(str(answer) for answer in row.values())


def command(row: Row) -> str:
    """Return what makes the project of a row, to be typed as it stands."""
    data = [f"--data={question}={answer}" for question, answer in row.items()]
    copy = ["copier", "copy", "--vcs-ref=HEAD", "--defaults", *data, str(ROOT)]
    return shlex.join(["uvx", *copy, "my-project"])


@contextmanager
def reported(row: Row) -> Iterator[None]:
    """Have an error say how to make the project that it is about."""
    try:
        yield
    except Exception as error:
        error.add_note(f"To make this project:\n{command(row)}")
        raise


def read(project: Path) -> None:
    """Check what needs no environment."""
    checks.file_set(project)
    checks.dependencies(project)
    checks.sizes(project)
    checks.parsed(project)
    checks.tidy(project)


@pytest.mark.parametrize("row", RUN, ids=name)
def test_a_pair_of_answers_works(render: Render, row: Row) -> None:
    """In its own environment, with what it declares: the suite, ruff, mypy, its documentation."""
    with reported(row):
        project = render(**row)
        read(project)
        checks.suite(project, "--cov", python=PYTHON)
        checks.lint(project, PYTHON)
        checks.formatted(project, PYTHON)
        checks.types(project, PYTHON)
        if row["docs"]:
            checks.documentation(project, PYTHON)


@pytest.mark.parametrize("row", READ, ids=name)
def test_a_pair_of_answers_that_needs_no_run(render: Render, row: Row) -> None:
    """Its code is that of a row that is run, or its Python is not installed."""
    with reported(row):
        project = render(**row)
        read(project)
        run(project, "ruff", "check")
        run(project, "ruff", "format", "--diff")


@pytest.mark.thorough
@pytest.mark.parametrize("http_client", choices(SETTINGS)["http_client"])
def test_every_combination_of_samples_is_read(render: Render, http_client: str) -> None:
    """Of all answers that shape code: the set of files, and the dependencies."""
    rows = every_row(SETTINGS, *SHAPING)
    for row in rows:
        if row["http_client"] == http_client:
            with reported(row):
                read(render(**row))


DEFAULTS = {(question, SETTINGS[question].get("default")) for question in CODE}
CHOICES = covering(every_row(SETTINGS, *CODE), lambda row: {*row.items()} - DEFAULTS)
"""Rows with each choice but the defaults, which test_jobs.py tests like this."""


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("resolution", "python"),
    [("lowest-direct", INSTALLED[0]), ("highest", INSTALLED[-1])],
    ids=["lowest", "newest"],
)
@pytest.mark.parametrize("row", CHOICES, ids=name)
def test_the_bounds_of_dependencies_work(
    render: Render, row: Row, resolution: str, python: str
) -> None:
    """With each choice: the lowest on the oldest Python, and the newest on the newest."""
    with reported(row):
        project = render(**row)
        sync = ("uv", "sync", "--quiet", "--resolution", resolution)
        run(project, *sync, python=python)
        printed = run(project, "uv", "run", "--no-sync", "pytest", python=python)
        assert checks.outcomes(printed).keys() == {"passed"}
        if row["docs"]:
            make = ("sphinx-build", "--fail-on-warning", "docs", "build/docs")
            run(project, "uv", "run", "--no-sync", *make, python=python)


def met(rows: list[Row]) -> set[Any]:
    """Return each two answers that are in one row."""
    return set().union(*map(pairs, rows))


def test_each_pair_of_answers_is_in_the_matrix() -> None:
    """Whatever questions copier.yml has; each pair of code, and each oldest Python, is run."""
    answers = choices(SETTINGS)
    always = {name: answers[name] for name in answers if "when" not in SETTINGS[name]}
    code = {"http_client", "database", "uvloop", "docs"}
    assert code <= {*CODE}
    assert code | {"license", "python_min"} <= always.keys()
    every = {
        pair
        for (one, ones), (two, twos) in combinations(always.items(), 2)
        for pair in product(product([one], ones), product([two], twos))
    }
    assert every <= met(ROWS) == met(RUN + READ)
    to_run = {pair for pair in every if {question for question, _ in pair} <= {*CODE}}
    assert to_run <= met(RUN)
    oldest = {row["python_min"] for row in RUN}
    assert oldest == {row["python_min"] for row in ROWS if runs(row)}


def test_each_row_of_the_matrix_is_needed() -> None:
    """Without any one, a pair is missing."""
    chosen = covering(ROWS, pairs)
    assert met(chosen) == met(ROWS)
    for row in chosen:
        assert met([other for other in chosen if other is not row]) < met(ROWS)


def test_a_new_question_joins_the_matrix() -> None:
    """With its choices, in the rows that ask it."""
    new = {
        "type": "str",
        "choices": ["a", "b"],
        "when": "{{ http_client == 'httpx2' and not uvloop }}",
    }
    settings = {**SETTINGS, "new": new, "flag": {"type": "bool", "default": False}}
    rows = covering(every_row(settings), pairs)
    assert met(rows) == met(every_row(settings))
    assert {row["flag"] for row in rows} == {False, True}
    asked = [row for row in rows if "new" in row]
    assert {row["new"] for row in asked} == {"a", "b"}
    assert {(row["http_client"], row["uvloop"]) for row in asked} == {("httpx2", False)}


def test_a_failing_row_says_how_to_make_it(tmp_path: Path) -> None:
    """The command, as it stands, makes the project of those answers."""
    row = ROWS[-1]
    with pytest.raises(AssertionError) as caught, reported(row):
        raise AssertionError
    typed = caught.value.__notes__[0].splitlines()[-1]
    run(tmp_path, "bash", "-c", typed.removeprefix("uvx "))
    given = checks.answers(tmp_path / "my-project")
    assert {question: given[question] for question in row} == row
