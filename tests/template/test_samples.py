"""Each sample can be taken out of a generated project by the README's table."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support import checks
from tests.support.pages import codes, readme, rows_of
from tests.support.projects import DEFAULT, OTHERS, Render, Run, Variant
from tests.support.selection import thorough


class Sample(NamedTuple):
    """A row of the README's table: what belongs to one sample."""

    files: list[str]
    names: list[str]
    classes: list[str]
    fixtures: list[str]
    dependencies: list[str]
    words: list[str]


SAMPLES = ["HTTP client", "Database", "Stream"]
PAGES = ("README.md", "CONTRIBUTING.md")
MENTIONS = {
    "HTTP client": "API|HTTP|aiohttp|httpx2",
    "Database": "(?i)database|PostgreSQL|SQL",
    "Stream": "(?i)stream",
}
"""What is on none of the pages once a sample is taken out."""


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        *((DEFAULT, [sample]) for sample in SAMPLES[:2]),
        (OTHERS, SAMPLES),
        thorough(DEFAULT, SAMPLES[2:]),
        *(thorough(OTHERS, [sample]) for sample in SAMPLES[:2]),
        thorough(Variant("aiohttp", "none"), SAMPLES[:1]),
        thorough(DEFAULT, SAMPLES[:2]),
        thorough(DEFAULT, SAMPLES),
    ],
    ids=str,
)
def test_a_sample_can_be_taken_out(
    render: Render, run: Run, answers: Variant, names: list[str]
) -> None:
    """Doing what the README says, and no more, leaves a project that passes every check."""
    project = render(**answers._asdict())
    rows = {row[0]: row[1:] for row in rows_of(project, "sample")}
    assert names == [name for name in rows if name in names]
    for name in names:
        take_out(project, Sample(*(codes(cell) for cell in rows[name])))
    run(project, "uv", "run", "--quiet", "ruff", "check", "--fix")
    run(project, "uv", "run", "--quiet", "ruff", "format")
    assert "passed" in run(project, "uv", "run", "--quiet", "pytest", "--cov")
    run(project, "uv", "run", "--quiet", "mypy")
    if answers.docs:
        checks.documentation(project)
    pages = [(project / page).read_text("utf-8") for page in PAGES]
    for name in names:
        assert not re.search(MENTIONS[name], "\n".join(pages)), name
    named = set(re.findall(r"\b(?:src|tests)/[\w/]+\.py\b", "\n".join(pages)))
    assert [name for name in named if not (project / name).is_file()] == []
    assert all("\n## " in page for page in pages)


def test_the_only_sample_can_be_taken_out(render: Render, run: Run) -> None:
    """By the README's steps; a project is left for a first module and its test."""
    project = render(**Variant("none", "none")._asdict())
    how = readme(project).split("## Take the sample out", 1)[1]
    assert "`async_stream`" in how
    files = [code for code in codes(how) if code.endswith("streams.py")]
    assert len(files) == 2
    for file in files:
        (project / file).unlink()
    remove(project / "src/my_project/__init__.py", r"^.*async_stream.*\n", times=2)
    without(project / "README.md", {"async_stream", *files})
    run(project, "uv", "run", "--quiet", "ruff", "format")
    run(project, "uv", "run", "--quiet", "ruff", "check")
    run(project, "uv", "run", "--quiet", "mypy")
    assert "1 passed" in run(project, "uv", "run", "--quiet", "pytest")
    test = "import my_project\n\n\ndef test_all() -> None:\n    assert my_project.__all__ == []\n"
    (project / "tests/test_own.py").write_text(test, "utf-8")
    assert "2 passed" in run(project, "uv", "run", "--quiet", "pytest", "--cov")


def take_out(project: Path, sample: Sample) -> None:
    """Delete what belongs to one sample, and nothing else."""
    init, errors = (
        next(project.glob(f"src/*/{name}.py")) for name in ("__init__", "errors")
    )
    for file in sample.files:
        (project / file).unlink()
    for name in sample.names:
        remove(init, rf'^    "{name}",\n')
        remove(init, rf"(?<= )\b{name}\b(, |$)")
    remove(init, r"^from \.\w+ import \n|, $", times=None)
    for name in sample.classes:
        remove(errors, rf"^class {name}\((.|\n)*?(?=\n\n\n|\Z)")
    for name in sample.fixtures:
        remove(
            project / "tests/conftest.py",
            rf"^@pytest\.fixture\n(async )?def {name}\((.|\n)*?(?=\n\n\n|\Z)",
        )
    if "tests/database_server.py" in sample.files:
        examples = project / "tests/test_examples.py"
        remove(examples, r"^@pytest\.fixture(.|\n)*?(?=\n\n\n)")
    for name in sample.dependencies:
        remove(project / "pyproject.toml", rf'^    "{name}(?![\w-])[^"]*",.*\n')
    for page in PAGES:
        without(project / page, {*sample.words, *sample.files})


def without(page: Path, words: set[str]) -> None:
    """Remove the paragraphs, rows and examples of a page that have one of the words."""
    example = r"^```(?:.|\n)*?^```\n(?:\nIt prints .*\n)?"
    block = rf"{example}|^\|.*\n|^(?![`|\n])(?:.+\n)+"
    page.write_text(
        re.sub(
            block,
            lambda found: "" if any(word in found[0] for word in words) else found[0],
            page.read_text("utf-8"),
            flags=re.MULTILINE,
        ),
        "utf-8",
    )


def remove(file: Path, pattern: str, times: int | None = 1) -> None:
    """Remove what matches the pattern, which must be so many places."""
    text, count = re.subn(pattern, "", file.read_text("utf-8"), flags=re.MULTILINE)
    assert times is None or count == times, (file, pattern)
    file.write_text(text, "utf-8")
