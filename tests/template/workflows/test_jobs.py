"""The jobs of a project's workflows, run here command for command."""

from pathlib import Path

import pytest

from tests.support import checks, commands, environments, workflows
from tests.support.changes import replacing
from tests.support.commands import CommandError
from tests.support.projects import Render, Run
from tests.support.releases import commit
from tests.support.selection import thorough


@pytest.fixture
def committed(copy: Path) -> Path:
    """A copy of the default project, committed with its lock."""
    environments.lock(copy, commands.environment())
    commit(copy)
    return copy


@pytest.mark.parametrize(
    ("name", "locked"),
    [
        ("checks", False),
        ("tests", True),
        thorough("checks", True),
        thorough("tests", False),
    ],
)
def test_a_job_passes(committed: Path, run: Run, name: str, locked: bool) -> None:
    """Before a lock is committed, and after."""
    if not locked:
        run(committed, "git", "rm", "--quiet", "uv.lock")
        commit(committed)
    job, *_ = workflows.jobs(workflows.read(committed, "ci.yml"), name)
    workflows.run(committed, job)
    assert run(committed, "git", "diff", "--stat") == ""


def test_a_stale_lock_fails_the_tests(committed: Path) -> None:
    """Tests run in what is locked, or not at all."""
    newer = '"aiosqlite>=0.22.1", "idna"'
    replacing("pyproject.toml", '"aiosqlite>=0.22"', newer)(committed)
    job, *_ = workflows.jobs(workflows.read(committed, "ci.yml"), "tests")
    with pytest.raises(CommandError, match="needs to be updated"):
        workflows.run(committed, job)


@pytest.mark.thorough
@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
def test_the_bounds_of_dependencies_are_tested(
    committed: Path, resolution: str
) -> None:
    """The tests pass with the oldest versions that the project allows, and with the newest."""
    found = workflows.jobs(workflows.read(committed, "ci.yml"), "dependencies")
    (job,) = (job for job in found if job.variables["UV_RESOLUTION"] == resolution)
    printed = workflows.run(committed, job)
    assert " + pytest==9.0.0\n" in printed or resolution == "highest"
    assert set(checks.outcomes(printed)) == {"passed"}


RELEASED = """# Changelog

## [0.1.0] - 2026-11-24

### Added

- All.

## 0.0.1

- Old.
"""
LOCATION = "import my_project as p; print(p.__file__)"


def test_a_release_is_built_and_tested(committed: Path, run: Run) -> None:
    """The job before publishing, from the tag to the wheel and the notes."""
    (committed / "CHANGELOG.md").write_text(RELEASED, "utf-8")
    (job,) = workflows.jobs(workflows.read(committed, "release.yml"), "package")
    printed = workflows.run(committed, job, GITHUB_REF_NAME="0.1.0")
    assert set(checks.outcomes(printed)) == {"passed"}
    built = sorted(path.suffix for path in committed.glob("dist/my_project*"))
    assert built == [".gz", ".whl"]
    location = ("uv", "run", "--no-sync", "python", "-c", LOCATION)
    assert "site-packages" in run(committed, *location)
    notes = (committed / "notes.md").read_text("utf-8")
    assert notes.strip() == "### Added\n\n- All."


def test_a_tag_may_begin_with_v(committed: Path) -> None:
    """The version and the notes are found all the same."""
    (committed / "CHANGELOG.md").write_text(RELEASED, "utf-8")
    (job,) = workflows.jobs(workflows.read(committed, "release.yml"), "package")
    for command, _ in job.steps[:2]:
        workflows.shell(committed, command, {"GITHUB_REF_NAME": "v0.1.0"})
    assert (committed / "notes.md").read_text("utf-8").strip().endswith("- All.")


@pytest.mark.parametrize(
    ("tag", "changelog", "command"),
    [
        ("0.1.1", "## 0.1.1\n\n- All.\n", "uv version"),
        ("0.1.0", "## 0.1.01\n\n- All.\n", "grep"),
        ("0.1.0", "## 0.1.0\n\n## 0.0.1\n\n- Old.\n", "grep"),
        ("0.1.0", "## Unreleased\n\n- All.\n", "grep"),
    ],
)
def test_a_release_that_is_not_ready_is_not_built(
    committed: Path, tag: str, changelog: str, command: str
) -> None:
    """If the tag is not the version, or the changelog has no entry for it."""
    (committed / "CHANGELOG.md").write_text(changelog, "utf-8")
    (job,) = workflows.jobs(workflows.read(committed, "release.yml"), "package")
    with pytest.raises(CommandError) as caught:
        workflows.run(committed, job, GITHUB_REF_NAME=tag)
    assert command in str(caught.value).partition(" exited with")[0]
    assert not (committed / "dist").exists()


@pytest.mark.thorough
def test_a_wheel_that_lacks_a_module_fails(committed: Path, run: Run) -> None:
    """The tests of the package see the wheel alone; with the source tree they pass."""
    job = workflows.jobs(workflows.read(committed, "ci.yml"), "package")[0]
    replacing(
        "pyproject.toml",
        'build-backend = "flit_core.buildapi"',
        'build-backend = "backend"\nbackend-path = ["build_backend"]',
    )(committed)
    replacing("pyproject.toml", '"tests/"]', '"tests/", "build_backend/"]')(committed)
    (committed / "build_backend").mkdir()
    (committed / "build_backend/backend.py").write_text(BACKEND, "utf-8")
    run(committed, "uv", "run", "--quiet", "pytest", "tests/test_streams.py")
    with pytest.raises(CommandError, match=r"No module named 'my_project\.streams'"):
        workflows.run(committed, job)


BACKEND = '''
import shutil
from flit_core.buildapi import *
from flit_core import buildapi


def build_wheel(folder, config_settings=None, metadata_directory=None):
    """Leave a module out."""
    shutil.os.remove("src/my_project/streams.py")
    return buildapi.build_wheel(folder, config_settings, metadata_directory)
'''


def test_gitlab_uses_a_lock(render: Render) -> None:
    """Its jobs are locked if the project has a lock."""
    project = render(repository_provider="gitlab")
    _, look = workflows.gitlab(project)["tests"]["before_script"]
    for lock, option in (False, ""), (True, "--locked"):
        if lock:
            (project / "uv.lock").touch()
        printed = workflows.shell(project, f'{look}\necho "<$LOCKED>"', {})
        assert printed == f"<{option}>\n"
