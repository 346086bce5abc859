"""Every pair of answers, and the oldest and newest dependencies: rendered, and run."""

import os
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import ROOT, checks
from tests.support.commands import run
from tests.support.pairs import Row, choices, covering, every_row, pairwise
from tests.support.projects import INSTALLED, Render

SETTINGS = yaml.safe_load((ROOT / "copier.yml").read_text("utf-8"))
SHAPING = ("repository_provider", "http_client", "database", "uvloop")
CODE = ("http_client", "database", "uvloop", "docs")

ONLY = os.environ.get("MATRIX_PYTHON")
"""The one Python that all rows are run on, if one is given; else each has its oldest."""


def number(python: str) -> tuple[int, ...]:
    """Return a version of Python as numbers, to be compared."""
    return tuple(map(int, python.split(".")))


def python_of(row: Row) -> str | None:
    """Return the Python that a row is run on, or None where that is not installed."""
    oldest: str = row["python_min"]
    if ONLY and number(oldest) <= number(ONLY):
        return ONLY
    return oldest if oldest in INSTALLED and not ONLY else None


ROWS = every_row(SETTINGS)
RUN = pairwise([row for row in ROWS if python_of(row)])
READ = pairwise([row for row in ROWS if not python_of(row)])


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
    checks.parsed(project)
    checks.tidy(project)


@pytest.mark.parametrize("row", RUN, ids=name)
def test_a_pair_of_answers_works(render: Render, row: Row) -> None:
    """In its own environment, with what it declares: the suite, ruff and mypy."""
    with reported(row):
        project = render(**row)
        python = python_of(row)
        read(project)
        checks.suite(project, "--cov", python=python)
        checks.lint(project, python)
        checks.formatted(project, python)
        checks.types(project, python)
        if row["docs"]:
            checks.documentation(project, python)


@pytest.mark.parametrize("row", READ, ids=name)
def test_a_pair_whose_python_is_not_installed_is_read(render: Render, row: Row) -> None:
    """Everything that is checked without running it."""
    with reported(row):
        project = render(**row)
        read(project)
        run(project, "ruff", "check")
        run(project, "ruff", "format", "--diff")


@pytest.mark.parametrize("http_client", choices(SETTINGS)["http_client"])
def test_every_combination_of_samples_is_read(render: Render, http_client: str) -> None:
    """Of all answers that shape code: the set of files, and the dependencies."""
    rows = every_row(SETTINGS, *SHAPING)
    for row in rows:
        if row["http_client"] == http_client:
            with reported(row):
                read(render(**row))


@pytest.mark.parametrize(
    ("resolution", "python"),
    [("lowest-direct", INSTALLED[0]), ("highest", INSTALLED[-1])],
    ids=["lowest", "newest"],
)
@pytest.mark.parametrize("row", covering(every_row(SETTINGS, *CODE), 1), ids=name)
def test_the_ends_of_the_dependencies_work(
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


def met(rows: list[Row]) -> set[tuple[Any, ...]]:
    """Return each two questions that are answered in one row, with their answers."""
    return {
        (one, row[one], two, row[two])
        for row in rows
        for one in row
        for two in row
        if one < two
    }


def test_each_pair_of_answers_is_in_the_matrix() -> None:
    """Whatever questions copier.yml has; and without any one row, a pair is missing."""
    answers = choices(SETTINGS)
    always = {name: answers[name] for name in answers if "when" not in SETTINGS[name]}
    assert {*CODE, "license", "python_min"} <= always.keys()
    every = {
        pair
        for (one, ones), (two, twos) in combinations(sorted(always.items()), 2)
        for pair in product([one], ones, [two], twos)
    }
    assert every <= met(ROWS)
    assert met(RUN + READ) == met(ROWS)
    chosen = pairwise(ROWS)
    assert met(chosen) == met(ROWS)
    for row in chosen:
        assert met([other for other in chosen if other is not row]) < met(ROWS)


def test_a_new_question_joins_the_matrix() -> None:
    """With its choices, and where it is asked only."""
    new = {
        "type": "str",
        "choices": ["a", "b"],
        "when": "{{ http_client == 'httpx' and not uvloop }}",
    }
    settings = {**SETTINGS, "new": new, "flag": {"type": "bool", "default": False}}
    rows = pairwise(every_row(settings))
    assert met(rows) == met(every_row(settings))
    assert {row["flag"] for row in rows} == {False, True}
    asked = [row for row in rows if "new" in row]
    assert {row["new"] for row in asked} == {"a", "b"}
    assert {(row["http_client"], row["uvloop"]) for row in asked} == {("httpx", False)}


def test_a_failing_row_says_how_to_make_it(tmp_path: Path) -> None:
    """The command, as it stands, makes the project of those answers."""
    row = ROWS[-1]
    with pytest.raises(AssertionError) as caught, reported(row):
        raise AssertionError
    typed = caught.value.__notes__[0].splitlines()[-1]
    run(tmp_path, "bash", "-c", typed.removeprefix("uvx "))
    given = checks.answers(tmp_path / "my-project")
    assert {question: given[question] for question in row} == row
