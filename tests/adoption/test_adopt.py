"""An existing package adopts the template by the steps of docs/adopt.md, and is updated twice."""

import shutil
import tomllib
from pathlib import Path

import pytest
from copier import run_copy

from tests.adoption.steps import ADDITIONS, Package, adopt, later, update_twice
from tests.support import ROOT, checks
from tests.support.changes import append, replace
from tests.support.commands import CommandError, run
from tests.support.guard import CHECKS
from tests.support.pages import codes, rows_of
from tests.support.releases import WORKING_TREE, Template, commit
from tests.support.selection import thorough, thorough_but
from tests.support.terminals import Terminal

BACKENDS = {
    "flit": ('"flit_core>=4"', "flit_core.buildapi", ""),
    "hatchling": ('"hatchling"', "hatchling.build", ""),
    "poetry": ('"poetry-core>=2"', "poetry.core.masonry.api", ""),
    "setuptools": (
        '"setuptools"',
        "setuptools.build_meta",
        '[tool.setuptools]\npackages = ["old_package"]\n\n',
    ),
    "uv_build": (
        '"uv_build"',
        "uv_build",
        '[tool.uv.build-backend]\nmodule-root = ""\n\n',
    ),
}
OLD = """\
[build-system]
requires = [{}]
build-backend = "{}"

[project]
name = "old-package"
version = "3.2.1"
description = "An old package."
readme = "README.rst"
requires-python = ">=3.11"
dependencies = ["attrs"]

[dependency-groups]
dev = ["iniconfig", "pytest"]

{}[tool.pytest.ini_options]
markers = ["slow: takes long"]

[tool.other]
key = "value"
"""
FILES = {
    "README.rst": "Old\n===\n",
    "CONTRIBUTING.md": "Sign first.\n\n```python\nx=1\n```\n",
    "docs/index.rst": "Old\n===\n",
    "old_package/__init__.py": "import asyncio,time\nasync def answer( )  :\n  return 42\n",
    "tests/test_old.py": "import pytest, iniconfig, old_package, warnings\n\n\n@pytest.mark.slow\n"
    "async def test_old():\n    warnings.warn('Old.')\n    old_package.answer()\n"
    "    assert await old_package.answer() == 42\n",
}


def old_package(folder: Path, backend: str) -> Package:
    """Write a package in a flat layout, with a mistake that ruff, mypy and the guard report."""
    for name, text in FILES.items():
        append(folder / name, text)
    append(folder / "pyproject.toml", OLD.format(*BACKENDS[backend]))
    moved = (
        ("^packages = .*", '\\g<0>\npackage-dir = { "" = "src" }'),
        ('^module-root = ""', 'module-root = "src"'),
    )
    return Package(
        "old_package",
        flat=True,
        prepared=tuple(m for m in moved if m[0][1:7] in BACKENDS[backend][2]),
        needs='["iniconfig"]',
    )


@pytest.mark.parametrize("backend", thorough_but(BACKENDS, "setuptools"))
def test_an_existing_package_is_adopted(
    template: Template, tmp_path: Path, backend: str
) -> None:
    """All checks are green at once, with mistakes that they will find one day; updates are ordinary."""
    old = tmp_path / "old"
    package = old_package(old, backend)
    own = adopt(old, package, template)
    run(old, "uv", "run", "--quiet", "pytest", "--cov")
    run(old, "uv", "run", "--quiet", "mypy")
    run(old, "uv", "run", "--quiet", "ruff", "check")
    run(old, "uv", "run", "--quiet", "ruff", "format", "--diff")
    update_twice(old, own, later(template, tmp_path), {"CONTRIBUTING.md"})
    assert (old / "CONTRIBUTING.md").read_text("utf-8") == FILES["CONTRIBUTING.md"]
    run(old, "uv", "run", "--quiet", "pytest")


RELAXED = {
    r"^async_guard_off = .*\n": ("", "pytest", "never awaited"),
    "^strict = false.*": ("strict = true", "pytest", "'slow' not found in"),
    r'^    "error::ResourceWarning".*': ('"error",', "pytest", "Warning: "),
    "^fail_under = 0.*": ("fail_under = 100", "pytest --cov", "Required test coverage"),
    r"^extend-exclude = .*\n": ("", "ruff check", "F401"),
    r"^ignore_errors = .*\n": ("", "mypy", "no-untyped-def"),
}
"""What is relaxed at first, and what fails without it."""


def test_the_page_lists_what_is_relaxed(copier_template: Path, tmp_path: Path) -> None:
    """Each comment `Relaxed`, in pyproject.toml and in CI, is for a setting of the table."""
    marked = []
    for provider in ("github", "gitlab"):
        old = tmp_path / provider
        append(old / "setup.py", "")
        answers = {"repository_provider": provider}
        run_copy(str(copier_template), old, data=answers, defaults=True, quiet=True)
        texts = [(old / name).read_text("utf-8") for name in checks.files(old)]
        lines = "\n".join(texts).splitlines()
        marked += [line.strip() for line in lines if "# Relaxed: " in line]
    rows = rows_of(ROOT / "docs/adopt.md", "setting")
    listed = {code for row in rows for code in codes(row[0])} - {"filterwarnings"}
    assert [m for m in marked if not m.startswith(tuple(listed))] == []
    assert [c for c in listed if not any(m.startswith(c) for m in marked)] == []


@pytest.mark.thorough
def test_each_setting_is_tightened_alone(template: Template, tmp_path: Path) -> None:
    """Each comment `Relaxed` is one step: what its line hides is found without it."""
    old = tmp_path / "old"
    adopt(old, old_package(old, "hatchling"), template)
    file = old / "pyproject.toml"
    relaxed = file.read_text("utf-8")
    assert relaxed.count("# Relaxed: ") == len(RELAXED)
    off = tomllib.loads(relaxed)["tool"]["pytest"]["ini_options"]["async_guard_off"]
    assert {*off} == {*CHECKS}
    append(old / "src/old_package/__init__.py", "\n\ndef unused():\n    return 1\n")
    for pattern, (strict, command, found) in RELAXED.items():
        replace(file, pattern, strict)
        with pytest.raises(CommandError, match=found):
            run(old, "uv", "run", "--quiet", *command.split())
        file.write_text(relaxed, "utf-8")


def test_the_terminal_says_what_happens(template: Template, tmp_path: Path) -> None:
    """Before the first question, and at the end; a file that exists is not asked about."""
    old = tmp_path / "old"
    old_package(old, "hatchling")
    command = (
        "copy",
        "--defaults",
        f"--vcs-ref={WORKING_TREE}",
        str(template.clone),
        ".",
    )
    before = {name: (old / name).read_bytes() for name in FILES}
    terminal = Terminal(old, *command)
    terminal.sees("None of its files is changed")
    terminal.sees(f"move the lines of {ADDITIONS}")
    assert terminal.exit_code() == 0
    assert {name: (old / name).read_bytes() for name in FILES} == before
    assert not (old / "src").exists()


PYTHON = ("^requires-python = .*", 'requires-python = ">=3.11"')
REAL = [
    # A flat layout, flit, unittest, tests in the package.
    Package(
        "aiosqlite==0.22.1",
        flat=True,
        moved=(("src/aiosqlite/tests", "tests/smoke"),),
        prepared=(PYTHON, (r"^dev = \[(.|\n)*?^\]\n", "")),
        kept=(("^pythonpath = .*", '\\g<0>\npython_files = ["smoke.py"]'),),
    ),
    # A flat layout, setuptools with a list of packages, pytest-asyncio's strict mode.
    Package(
        "aiostream==0.8.1",
        flat=True,
        prepared=(PYTHON, ("^packages = .*", '\\g<0>\npackage-dir = { "" = "src" }')),
    ),
    # A src layout, Poetry with groups of its own, pytest-asyncio's auto mode.
    Package(
        "aiohappyeyeballs==2.7.1",
        prepared=(PYTHON, ("^python = .*", 'python = ">=3.11"')),
    ),
    # A src layout, hatchling, a version from git's tags, `[tool.pytest]`.
    Package(
        "aiolimiter==1.3.0",
        prepared=(PYTHON, ('^    "docs",\n', "")),
        needs='["dunamai", "typing-extensions"]',
        # It compares the version with git's tags, which a source distribution has not.
        kept=(
            (
                '^    "-ra",',
                '\\g<0>\n    "--deselect=tests/test_aiolimiter.py::test_version",',
            ),
        ),
    ),
]


@pytest.mark.parametrize(
    "package", [thorough(p) for p in REAL], ids=[p.name for p in REAL]
)
def test_a_real_package_is_adopted(
    template: Template, tmp_path: Path, package: Package
) -> None:
    """From its source distribution: all checks are green at once, and two updates are ordinary."""
    download = "uv tool run pip download --quiet --no-deps --no-binary=:all:"
    run(tmp_path, *download.split(), package.name)
    shutil.unpack_archive(next(tmp_path.glob("*.tar.gz")), tmp_path, filter="data")
    old = next(tmp_path.glob("*/PKG-INFO")).parent
    commit(old, package.name.partition("==")[2])
    package = package._replace(name=package.name.partition("==")[0])
    own = adopt(old, package, template)
    run(old, "uv", "run", "poe", "check")
    commit(old)
    update_twice(old, own, later(template, tmp_path), {".gitignore", "LICENSE"})
    run(old, "uv", "run", "poe", "check")
