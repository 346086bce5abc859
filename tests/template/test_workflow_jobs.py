"""The jobs of a project's workflows, run here command for command."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.support import checks, workflows
from tests.support.changes import replacing
from tests.support.commands import CommandError
from tests.support.commands import run as run_command
from tests.support.projects import Render, Run
from tests.support.releases import commit


@pytest.fixture
def committed(copy: Path) -> Path:
    """A copy of the default project that is committed, without a lock."""
    (copy / "uv.lock").unlink(missing_ok=True)
    commit(copy)
    return copy


@pytest.mark.parametrize("name", ["checks", "tests"])
@pytest.mark.parametrize("locked", [False, True], ids=["no lock", "lock"])
def test_a_job_passes(committed: Path, name: str, locked: bool) -> None:
    """Its commands pass before a lock is committed, and after."""
    if locked:
        run_command(committed, "uv", "lock", "--quiet")
        commit(committed)
    job, *_ = workflows.jobs(workflows.read(committed, "ci.yml"), name)
    workflows.run(committed, job)
    assert run_command(committed, "git", "diff", "--stat") == ""


def test_a_lock_that_is_out_of_date_fails_the_tests(committed: Path) -> None:
    """What is tested is what is locked, or nothing is."""
    run_command(committed, "uv", "lock", "--quiet")
    replacing("pyproject.toml", '"aiosqlite>=0.22"', '"aiosqlite>=0.22.1", "idna"')(
        committed
    )
    job, *_ = workflows.jobs(workflows.read(committed, "ci.yml"), "tests")
    with pytest.raises(CommandError, match="needs to be updated"):
        workflows.run(committed, job)


@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
def test_the_bounds_of_dependencies_are_true(committed: Path, resolution: str) -> None:
    """The oldest versions that the project asks for will do, and so will the newest."""
    found = workflows.jobs(workflows.read(committed, "ci.yml"), "dependencies")
    (job,) = (job for job in found if job.variables["UV_RESOLUTION"] == resolution)
    printed = workflows.run(committed, job)
    assert " + pytest==9.0.0\n" in printed or resolution == "highest"
    assert set(checks.outcomes(printed)) == {"passed"}


@pytest.mark.parametrize("tag", ["0.1.0", "v0.1.0"])
def test_a_release_is_built_and_tested(committed: Path, tag: str, run: Run) -> None:
    """The job before publishing, from the tag to the wheel and the notes."""
    entry = "## [0.1.0] - 2026-11-24\n\n### Added\n\n- All.\n\n## 0.0.1\n\n- Old.\n"
    replacing(
        "CHANGELOG.md", "## Unreleased\n\n### Added\n\n- The first version.\n", entry
    )(committed)
    (job,) = workflows.jobs(workflows.read(committed, "release.yml"), "package")
    if tag == "0.1.0":
        printed = workflows.run(committed, job, GITHUB_REF_NAME=tag)
        assert set(checks.outcomes(printed)) == {"passed"}
        assert sorted(path.suffix for path in committed.glob("dist/my_project*")) == [
            ".gz",
            ".whl",
        ]
        where = (
            "uv",
            "run",
            "--no-sync",
            "python",
            "-c",
            "import my_project as p; print(p.__file__)",
        )
        assert "site-packages" in run(committed, *where)
    else:
        for command, _ in job.steps[:2]:
            workflows.shell(committed, command, {"GITHUB_REF_NAME": tag})
    notes = (committed / "notes.md").read_text("utf-8")
    assert notes.strip() == "### Added\n\n- All."


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
    """Where the tag is not the version, or the changelog says nothing of it."""
    (committed / "CHANGELOG.md").write_text(changelog, "utf-8")
    (job,) = workflows.jobs(workflows.read(committed, "release.yml"), "package")
    with pytest.raises(CommandError) as caught:
        workflows.run(committed, job, GITHUB_REF_NAME=tag)
    assert command in str(caught.value).partition(" exited with")[0]
    assert not (committed / "dist").exists()


def test_a_wheel_that_lacks_a_module_fails(committed: Path) -> None:
    """The tests of the package have the wheel alone; the source tree would pass."""
    job = workflows.jobs(workflows.read(committed, "ci.yml"), "package")[0]
    replacing(
        "pyproject.toml",
        'build-backend = "flit_core.buildapi"',
        'build-backend = "backend"\nbackend-path = ["build_backend"]',
    )(committed)
    replacing("pyproject.toml", '"tests/"]', '"tests/", "build_backend/"]')(committed)
    (committed / "build_backend").mkdir()
    (committed / "build_backend/backend.py").write_text(BACKEND, "utf-8")
    checks.suite(committed)
    with pytest.raises(CommandError, match=r"No module named 'my_project\.streams'"):
        workflows.run(committed, job)


BACKEND = '''
import shutil
from flit_core.buildapi import *
from flit_core import buildapi


def build_wheel(folder, config_settings=None, metadata_directory=None):
    """Forget a module."""
    shutil.os.remove("src/my_project/streams.py")
    return buildapi.build_wheel(folder, config_settings, metadata_directory)
'''


def test_the_script_of_gitlab_knows_a_lock(render: Render, tmp_path: Path) -> None:
    """Its jobs are locked where there is a lock."""
    project = copytree(render(repository_provider="gitlab"), tmp_path / "my-project")
    _, look = workflows.gitlab(project)["tests"]["before_script"]
    for lock, option in (False, ""), (True, "--locked"):
        if lock:
            (project / "uv.lock").touch()
        printed = workflows.shell(project, f'{look}\necho "<$LOCKED>"', {})
        assert printed == f"<{option}>\n"
