"""Each sample can be taken out of a generated project by the table in its tests/README.md."""

import itertools
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import environments, workflows
from tests.support.commands import environment
from tests.support.pages import FENCE, codes, missing, readme, rows_of
from tests.support.pairs import choices
from tests.support.projects import DEFAULT, OTHERS, SETTINGS, Render, Run, Variant
from tests.support.selection import thorough

PAGE = "tests/README.md"


class Sample(NamedTuple):
    """A row of the table: what belongs to one sample."""

    files: list[str]
    names: list[str]
    classes: list[str]
    fixtures: list[str]
    settings: list[str]


SAMPLES = ["HTTP client", "Database", "Stream"]
DEFAULTS = [
    (DEFAULT, SAMPLES[:1]),
    (DEFAULT, SAMPLES[1:2]),
    (OTHERS, SAMPLES),
    (Variant("none", "none"), SAMPLES[2:]),
]


def cases() -> list[tuple[Variant, list[str]]]:
    """Return each variant with each sample that it has, and with all of them."""
    answers = choices(SETTINGS)
    found = []
    for http, database in itertools.product(
        answers["http_client"], answers["database"]
    ):
        variant = Variant(http, database, uvloop=False, docs=http != "aiohttp")
        has = [http != "none", database != "none", True]
        there = list(itertools.compress(SAMPLES, has))
        removed = [[sample] for sample in there] + [there][: len(there) - 1]
        found += [(variant, names) for names in removed]
    return [case for case in found if case not in DEFAULTS]


@pytest.mark.parametrize(
    ("answers", "names"),
    [*DEFAULTS, *(thorough(*case) for case in cases())],
    ids=str,
)
def test_a_sample_can_be_taken_out(
    render: Render, run: Run, answers: Variant, names: list[str]
) -> None:
    """Doing what the page says, and no more, leaves a project that passes every check of CI."""
    project = render(**answers._asdict())
    rows = {row[0]: row[1:] for row in rows_of(project / PAGE, "sample")}
    assert names == [name for name in rows if name in names]
    for name in names:
        take_out(project, Sample(*(codes(cell) for cell in rows[name])))
    if "Stream" in names:
        replace_example(project)
    if len(names) == len(rows):
        remove(project / PAGE, r"\n## Take a sample out(.|\n)*", 1)
    delete_what_is_empty(project)
    run(project, "uv", "run", "--quiet", "poe", "fix")
    found = [missing(project, page) for page in ("README.md", PAGE)]
    assert found == [[], []]
    code = [*project.glob("src/*/*.py"), project / "pyproject.toml"]
    assert not re.search(r"= \[\s*\]", "".join(f.read_text("utf-8") for f in code))
    shared = environments.environment(project, environment())
    job, *_ = workflows.jobs(workflows.read(project, "ci.yml"), "checks")
    for command, variables in job.steps[1:]:
        workflows.shell(project, command, shared | variables)


def take_out(project: Path, sample: Sample) -> None:
    """Delete what belongs to one sample, and nothing else."""
    (init,) = project.glob("src/*/__init__.py")
    for file in sample.files:
        (project / file).unlink()
    for name in sample.names:
        remove_name(init, name)
    for name in sample.classes:
        remove(init.with_name("errors.py"), rf"^class {name}\((.|\n)*?(?=\n\n\n|\Z)")
    for name in sample.fixtures:
        remove(
            project / "tests/conftest.py",
            rf"^@pytest\.fixture\n(async )?def {name}\((.|\n)*?(?=\n\n\n|\Z)",
        )
    for name in sample.settings:
        remove(project / "pyproject.toml", rf'^    "{name}(?![\w-])[^"]*",.*\n')
    tests = "|".join(re.escape(Path(file).name) for file in sample.files)
    remove(project / PAGE, rf"^\| .*`(?:tests/)?(?:{tests})\b.*\n", None)


def remove_name(init: Path, name: str) -> None:
    """Remove a name from `__all__`, and from an import."""
    remove(init, rf'^    "{name}",\n')
    remove(init, rf"(?<= )\b{name}\b(, |$)")
    remove(init, r"^from \.\w+ import *\n|, $", None)


def replace_example(project: Path) -> None:
    """Put the import alone in the place of the README's example."""
    (example,) = [
        text for kind, text in FENCE.findall(readme(project)) if kind == "python"
    ]
    (line,) = re.findall(r"`(import \w+)`", (project / PAGE).read_text("utf-8"))
    text = readme(project).replace(example, f"{line}\n")
    text = text.replace("It prints the numbers from 1 to 3.\n\n", "")
    (project / "README.md").write_text(text, "utf-8")


def delete_what_is_empty(project: Path) -> None:
    """As the page says: lists, the conftest, and the errors."""
    (init,) = project.glob("src/*/__init__.py")
    conftest = project / "tests/conftest.py"
    if conftest.exists() and "fixture" not in conftest.read_text("utf-8"):
        conftest.unlink()
    for errors in init.parent.glob("errors.py"):
        if errors.read_text("utf-8").count("class ") == 1:
            errors.unlink()
            remove_name(init, "Error")
    remove(project / "pyproject.toml", r"^dependencies = \[\s*\]\n", None)
    remove(init, r"^__all__ = \[\s*\]\n", None)


def remove(file: Path, pattern: str, times: int | None = 1) -> None:
    """Remove what matches the pattern, which must be so many places."""
    text, count = re.subn(pattern, "", file.read_text("utf-8"), flags=re.MULTILINE)
    assert times is None or count == times, (file, pattern)
    file.write_text(text, "utf-8")
