"""What must hold for a rendered project: each check asserts one thing."""

import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
import trove_classifiers
import yaml
from cmarkgfm import github_flavored_markdown_to_html
from commands import run
from packaging.metadata import RawMetadata, parse_email

MODULES = ("__init__", "client", "concurrency", "database", "errors", "streams")
TEST_MODULES = (
    "base_url",
    "client",
    "concurrency",
    "database",
    "errors",
    "mocking",
    "streams",
    "timeouts",
)
GUARD_MODULES = sorted(
    module.stem
    for module in Path(__file__).parents[1].glob("template/tests/async_guard/*.py")
)
OURS = (".copier", "tests/async_guard")
"""The folders of Python code that stays the template's."""

DOCUMENTS = ("CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md")


UPDATE = ".copier/template_update.py"
PROVIDED = {
    "github": {".github/workflows/template-update.yml", UPDATE, ".copier/ruff.toml"},
    "gitlab": {".gitlab-ci.yml", UPDATE, ".copier/ruff.toml"},
    "none": set[str](),
}
"""The files that there are for the sake of where the repository is."""


def expected_files(package: str, provider: str) -> set[str]:
    """Return every path of a project whose package has that name, and is kept there."""
    return {
        *DOCUMENTS,
        *PROVIDED[provider],
        ".copier-answers.yml",
        ".gitattributes",
        ".gitignore",
        "pyproject.toml",
        *(f"src/{package}/{module}.py" for module in MODULES),
        f"src/{package}/py.typed",
        "tests/conftest.py",
        *(f"tests/async_guard/{module}.py" for module in GUARD_MODULES),
        "tests/async_guard/ruff.toml",
        *(f"tests/test_{module}.py" for module in TEST_MODULES),
    }


def files(project: Path) -> set[str]:
    """Return the path of each file in a rendered project, but for what its tools made."""
    made = {".venv", ".git", "dist", "uv.lock", "__pycache__"}
    made |= {".coverage", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
    paths = (path.relative_to(project) for path in project.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if made.isdisjoint(path.parts)}


def file_set(project: Path) -> None:
    """The project has the files that its answers call for, and no other."""
    given = answers(project)
    assert files(project) == expected_files(
        given["package_name"], given["repository_provider"]
    )


def parsed(project: Path) -> None:
    """Every file is what its name says it is."""
    parsers: dict[str, Callable[[str], object]] = {
        "": str,
        ".md": github_flavored_markdown_to_html,
        ".py": str,
        ".toml": tomllib.loads,
        ".typed": str,
        ".yml": yaml.safe_load,
    }
    for name in sorted(files(project)):
        path = project / name
        parsers[path.suffix](path.read_bytes().decode("utf-8"))
    # Ruff parses the syntax of the project's oldest Python, which this Python may be older than.
    run(project, "ruff", "check", "--select", "E9")


def tidy(project: Path) -> None:
    """Nothing shows that a template was at work: no tag, no gap, no stray white space."""
    for name in sorted(files(project)):
        text = (project / name).read_bytes().decode("utf-8")
        if not text or name == "LICENSE":
            continue
        assert not re.search(r"(?<!\$)\{\{", text), name  # Workflows have ${{ … }}.
        assert "{%" not in text, name
        assert "\r" not in text, name
        assert not re.search(r"[ \t]$", text, re.MULTILINE), name
        assert not text.startswith("\n"), name
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        gap = 3 if name.endswith((".md", ".py")) else 2
        assert "\n" * (gap + 1) not in text, name


def outcomes(printed: str) -> dict[str, int]:
    """Return how many tests ended how, as the last line of a run of pytest says."""
    return pytest.RunResult.parse_summary_nouns(printed.splitlines())


def suite(project: Path, *options: str, python: str | None = None) -> None:
    """The project's own tests pass: at least 30, none skipped, none with a warning."""
    printed = run(project, "uv", "run", "--quiet", "pytest", *options, python=python)
    assert set(outcomes(printed)) == {"passed"}, printed
    assert outcomes(printed)["passed"] >= 30, printed


def lint(project: Path) -> None:
    """Ruff has nothing to say, not even of what the project's own runs of it leave out."""
    for options in left_in_and_out(project):
        run(project, "uv", "run", "--quiet", "ruff", "check", *options)


def formatted(project: Path) -> None:
    """Ruff would write every file as it is."""
    for options in left_in_and_out(project):
        run(project, "uv", "run", "--quiet", "ruff", "format", "--diff", *options)


def left_in_and_out(project: Path) -> Iterator[list[str | Path]]:
    """Yield the options for what ruff looks at by itself, and for the template's own code."""
    yield []
    ours = [file for folder in OURS for file in sorted(project.glob(f"{folder}/*.py"))]
    yield ["--config=pyproject.toml", *ours]


def types(project: Path) -> None:
    """Mypy has nothing to say."""
    run(project, "uv", "run", "--quiet", "mypy")


def build(project: Path) -> None:
    """The sdist and the wheel are fit to publish, and say what the answers say."""
    run(project, "uv", "build", "--quiet", "--clear")
    wheel = next((project / "dist").glob("*.whl"))
    sdist = next((project / "dist").glob("*.tar.gz"))
    run(project, "twine", "check", "--strict", wheel, sdist)
    run(project, "check-wheel-contents", wheel)

    given, metadata = answers(project), wheel_metadata(wheel)
    assert metadata["name"] == given["project_name"]
    assert metadata["summary"] == given["description"]
    assert authors(metadata) == (given["user_name"], given["user_email"])
    unknown = {*metadata["classifiers"]} - trove_classifiers.classifiers
    assert unknown <= {"Private :: Do Not Upload"}
    with zipfile.ZipFile(wheel) as archive:
        assert f"{given['package_name']}/py.typed" in archive.namelist()


def answers(project: Path) -> dict[str, Any]:
    """Return the answers that the project was rendered from."""
    stored: dict[str, Any] = yaml.safe_load(
        (project / ".copier-answers.yml").read_text("utf-8")
    )
    return stored


def wheel_metadata(wheel: Path) -> RawMetadata:
    """Return the core metadata of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (
            name for name in archive.namelist() if name.endswith(".dist-info/METADATA")
        )
        metadata, unknown = parse_email(archive.read(name))
    assert not unknown
    return metadata


def authors(metadata: RawMetadata) -> tuple[str, str]:
    """Return the name and the e-mail address of the author, either one empty if not given."""
    if "author_email" in metadata:
        return parseaddr(metadata["author_email"])
    return metadata["author"], ""


# Each takes a project; test_checks.py shows each one to fail on a project that is broken on purpose.
CHECKS = (file_set, parsed, tidy, suite, lint, formatted, types, build)
