"""Fixtures for tests of the guard: a project to write tests into."""

from pathlib import Path
from shutil import copy, copytree

import pytest

from tests.support.projects import Render

collect_ignore = ["bad", "elsewhere", "good"]  # They run in a generated project.

GOOD = Path(__file__).parent / "good"
LIBRARIES = (
    "asyncpg",
    "freezegun",
    "httpx",
    "httpx2",
    "hypothesis",
    "pytest-randomly",
    "pytest-rerunfailures",
    "pytest-xdist",
    "uvloop",
)


@pytest.fixture(scope="session")
def bare(render: Render) -> Path:
    """A project without tests, whose environment has more libraries than it needs."""
    project = render()
    settings = project / "pyproject.toml"
    more = "".join(f'    "{library}",\n' for library in LIBRARIES)
    text = settings.read_text("utf-8").replace("dev = [\n", f"dev = [\n{more}")
    settings.write_text(text, "utf-8")
    for sample in project.glob("tests/test_*.py"):
        sample.unlink()
    return project


@pytest.fixture
def scratch(bare: Path, tmp_path: Path) -> Path:
    """A copy of that project, for a test to write tests into."""
    return Path(copytree(bare, tmp_path / bare.name))


@pytest.fixture
def good(scratch: Path) -> Path:
    """A project with the tests under good/, and the code that they need."""
    for module in GOOD.glob("test_*.py"):
        copy(module, scratch / "tests")
    copytree(GOOD / "loops", scratch / "tests/loops")
    for name in ("cancelling.py", "well_behaved.py"):
        copy(GOOD / name, scratch / "src/my_project")
    copy(GOOD / "outcomes.py", scratch / "tests/outcomes.py")
    return scratch
