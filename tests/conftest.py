"""Fixtures that render the template, and run commands in what it generates."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import copier
import pytest

from tests.support import checks, commands, environments, releases
from tests.support.projects import (
    DEFAULT,
    INSTALLED,
    OTHERS,
    SUPPORTED,
    Render,
    Run,
    copied,
)
from tests.support.releases import Template
from tests.support.selection import thorough_but
from tests.support.session import Store
from tests.support.temporary_files import temporary_files_in_memory

PACKAGES = frozenset(
    package
    for answers in (DEFAULT, OTHERS)
    for packages in checks.expected_dependencies(answers._asdict()).values()
    for package in packages
)


def pytest_report_header() -> str:
    missing = [python for python in SUPPORTED if python not in INSTALLED]
    return f"Python for generated suites: {', '.join(INSTALLED)}; not installed: {', '.join(missing) or 'none'}"


def pytest_addoption(parser: pytest.Parser) -> None:
    text = "run the thorough tests too, as CI does each night"
    parser.addoption("--all", action="store_true", help=text)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what is marked as thorough, without `--all`."""
    if not config.getoption("--all"):
        thorough = [item for item in items if item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=thorough)
        items[:] = [item for item in items if item not in thorough]


@pytest.fixture(params=thorough_but(INSTALLED, INSTALLED[0], INSTALLED[-1]))
def python(request: pytest.FixtureRequest) -> str:
    """The oldest and the newest Python installed; with `--all`, each that is supported."""
    version: str = request.param
    return version


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Store:
    """Return what all workers share."""
    folder = tmp_path_factory.getbasetemp()
    return Store((folder if worker_id == "master" else folder.parent) / "shared")


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory, store: Store) -> Iterator[None]:
    """Let projects that need the same packages share a lock, and in each worker an environment."""
    with temporary_files_in_memory(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(environments, "FOLDER", tmp_path_factory.mktemp("environments"))
        patch.setattr(environments, "LOCKS", store)
        patch.setattr(environments, "PACKAGES", PACKAGES)
        yield


@pytest.fixture(scope="session")
def copier_template(store: Store) -> Path:
    """What Copier reads of the working tree, in a repository; in place of pytest-copier's own."""

    def make(folder: Path) -> None:
        releases.copy_working_tree(folder)
        releases.commit(folder, "99.99.99")

    return store.made(make, "working tree")


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a command in a project; where it fails, the test shows all it printed."""
    return commands.run


@pytest.fixture(scope="session")
def render(
    copier_template: Path, tmp_path_factory: pytest.TempPathFactory, store: Store
) -> Render:
    """Render as `copier copy --defaults` does: no question, no trust (pytest-copier trusts).

    Without a folder of its own, it is a copy of what the same answers made before.
    """

    def rendered(project: Path, answers: dict[str, str | bool]) -> Path:
        copier.run_copy(
            str(copier_template), project, data=answers, defaults=True, quiet=True
        )
        return project

    def render(folder: Path | None = None, /, **answers: str | bool) -> Path:
        if folder:
            return rendered(folder, answers)
        made = store.made(
            lambda folder: rendered(folder / "my-project", answers),
            *("render", sorted(answers.items())),
        )
        folder = tmp_path_factory.mktemp("render")
        return Path(copytree(made / "my-project", folder / "my-project"))

    return render


@pytest.fixture(scope="session")
def template(store: Store) -> Template:
    """The template with all its releases, the working tree and one to come among them."""
    made = store.made(lambda folder: releases.make(folder / "template"), "releases")
    return Template(made / "template", store.folder)


@pytest.fixture(scope="session")
def project(render: Render, run: Run) -> Path:
    """The project of the default answers, in its environment: shared, so for reading only."""
    project = render()
    run(project, "uv", "sync", "--quiet")
    return project


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """A copy of that project, for a test to change."""
    return copied(project, tmp_path)
