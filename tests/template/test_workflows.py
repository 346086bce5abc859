"""What CI does in a project: sound for those who did not write it, and run here command for command."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from tests.support import ROOT, checks, workflows
from tests.support.changes import replacing
from tests.support.commands import CommandError
from tests.support.commands import run as run_command
from tests.support.projects import SUPPORTED, Render, Run
from tests.support.releases import commit

CI = ".github/workflows/ci.yml"
RELEASE = ".github/workflows/release.yml"
GITLAB = ".gitlab-ci.yml"
SHAPES = list(
    itertools.product(("github", "gitlab"), ("MIT", "Proprietary"), ("3.11", "3.14"))
)
"""All answers that the workflows differ by."""


@pytest.fixture(scope="session", params=SHAPES, ids="-".join)
def shape(request: pytest.FixtureRequest, render: Render) -> Path:
    """A project of each shape, in a repository of its own; for reading only."""
    provider, license_, python = request.param
    project = render(
        repository_provider=provider, license=license_, python_min=python, docs=True
    )
    run_command(project, "git", "init", "--quiet")
    return project


@pytest.fixture
def committed(copy: Path) -> Path:
    """A copy of the default project that is committed, without a lock."""
    (copy / "uv.lock").unlink(missing_ok=True)
    commit(copy)
    return copy


def zizmor(project: Path) -> None:
    """No workflow is easy to attack, by the strictest of its measures."""
    options = ("--offline", "--persona=auditor", "--no-progress", "--strict-collection")
    run_command(project, "zizmor", *options, ".")


def actionlint(project: Path) -> None:
    """No workflow has a mistake that GitHub would find when it runs."""
    run_command(project, "actionlint", *project.glob(".github/workflows/*.yml"))


def schemas(project: Path) -> None:
    """Each file for a service has the form that the service asks for."""
    check = ("check-jsonschema", "--builtin-schema")
    for name, files in {
        "vendor.github-workflows": project.glob(".github/workflows/*.yml"),
        "vendor.dependabot": project.glob(".github/dependabot.yml"),
        "vendor.readthedocs": project.glob(".readthedocs.yaml"),
        "vendor.renovate": project.glob("renovate.json"),
    }.items():
        if found := list(files):
            run_command(project, *check, name, *found)
    if (project / GITLAB).exists():
        transform = "--data-transform=gitlab-ci"
        run_command(project, *check, "vendor.gitlab-ci", transform, GITLAB)


def bounded(project: Path) -> None:
    """Each job ends after a time."""
    if (project / GITLAB).exists():
        found = workflows.gitlab(project)
    else:
        files = sorted(project.glob(".github/workflows/*.yml"))
        read = [workflows.read(project, file.name)["jobs"] for file in files]
        found = {name: job for jobs in read for name, job in jobs.items()}
    assert found
    endless = [
        n for n, job in found.items() if not {"timeout", "timeout-minutes"} & set(job)
    ]
    assert not endless, ", ".join(endless)


LINTERS = (zizmor, actionlint, schemas, bounded)


@pytest.mark.parametrize("linter", LINTERS)
def test_no_linter_finds_a_mistake(shape: Path, linter: Callable[[Path], None]) -> None:
    """In no shape of the workflows, by those who did not write them."""
    if linter not in (zizmor, actionlint) or (shape / CI).exists():
        linter(shape)


@pytest.mark.parametrize("linter", LINTERS)
def test_no_linter_finds_a_mistake_here(linter: Callable[[Path], None]) -> None:
    """This repository lives by the rules that it makes."""
    linter(ROOT)


BROKEN = [
    (
        zizmor,
        replacing(CI, "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7"),
        "unpinned",
    ),
    (
        zizmor,
        replacing(CI, "persist-credentials: false", "persist-credentials: true"),
        "artipacked",
    ),
    (
        zizmor,
        replacing(CI, "\npermissions: {}\n\nconcurrency", "\nconcurrency"),
        "excessive-permissions",
    ),
    (
        zizmor,
        replacing(CI, "run: uv sync\n", "run: echo ${{ github.head_ref }}\n"),
        "template-injection",
    ),
    (
        zizmor,
        replacing(RELEASE, " # To make the release.", ""),
        "undocumented-permissions",
    ),
    (
        zizmor,
        replacing(".github/dependabot.yml", "default-days: 7", "default-days: 1"),
        "cooldown",
    ),
    (actionlint, replacing(CI, "matrix.python }}", "matrix.pyton }}"), "pyton"),
    (actionlint, replacing(CI, "needs: [checks,", "needs: [cheks,"), "cheks"),
    (actionlint, replacing(RELEASE, "ubuntu-24.04", "ubuntu-24.4"), "ubuntu-24.4"),
    (
        schemas,
        replacing(CI, "timeout-minutes: 15", "timeout-minutes: soon"),
        "timeout-minutes",
    ),
    (schemas, replacing(".github/dependabot.yml", "weekly", "wekly"), "wekly"),
    (bounded, replacing(CI, "    timeout-minutes: 5\n", ""), "required"),
    (bounded, replacing(RELEASE, "    timeout-minutes: 10\n", ""), "attest"),
]


@pytest.mark.parametrize(("linter", "breaking", "match"), BROKEN)
def test_a_linter_finds_a_mistake(
    copy: Path,
    linter: Callable[[Path], None],
    breaking: Callable[[Path], None],
    match: str,
) -> None:
    """Each of them looks at the file, and fails where it is wrong."""
    breaking(copy)
    with pytest.raises(AssertionError, match=match):
        linter(copy)


@pytest.mark.parametrize(
    ("linter", "breaking", "match"),
    [
        (
            schemas,
            replacing(GITLAB, "macos:\n  extends", "macos:\n  extend"),
            "extend",
        ),
        (
            schemas,
            replacing(GITLAB, "interruptible: true", "interruptible: maybe"),
            "maybe",
        ),
        (
            schemas,
            replacing(
                "renovate.json", '"enabledManagers": ["pep621"]', '"enabledManagers": 1'
            ),
            "enabledManagers",
        ),
        (bounded, replacing(GITLAB, "  timeout: 15 minutes\n", ""), "template-update"),
    ],
)
def test_a_linter_finds_a_mistake_on_gitlab(
    render: Render,
    linter: Callable[[Path], None],
    breaking: Callable[[Path], None],
    match: str,
) -> None:
    """Likewise."""
    project = render(repository_provider="gitlab")
    breaking(project)
    with pytest.raises(AssertionError, match=match):
        linter(project)


def test_every_action_is_pinned_once() -> None:
    """The same commit everywhere, here and in the template, its version beside it."""
    lines = set(workflows.uses(ROOT))
    assert len(lines) > 6
    assert [
        line
        for line in lines
        if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", line)
    ] == []
    names = [line.partition("@")[0] for line in lines]
    assert sorted(names) == sorted(set(names))


def test_no_image_is_the_latest(render: Render) -> None:
    """Each job on GitLab runs in a version of an image, so that none changes by itself."""
    jobs = workflows.gitlab(render(repository_provider="gitlab")).values()
    images = {job["image"] for job in jobs if "image" in job}
    assert "registry.gitlab.com/gitlab-org/cli:v1.109.0" in images
    pinned = r"[\w./-]+:(v?\d[\w.]*|\$UV_PYTHON)|macos-\d+-xcode-\d+"
    assert [image for image in images if not re.fullmatch(pinned, image)] == []


@pytest.mark.parametrize("oldest", ["3.11", "3.12", "3.13", "3.14"])
def test_the_matrix_follows_the_answer(render: Render, oldest: str) -> None:
    """All Pythons on Linux, the oldest and the newest elsewhere, a free-threaded one that may fail."""
    supported = SUPPORTED[SUPPORTED.index(oldest) :]
    job = workflows.read(render(python_min=oldest), "ci.yml")["jobs"]["tests"]
    matrix = workflows.rows(job["strategy"]["matrix"])
    found = {(row["os"].partition("-")[0], row["python"]) for row in matrix}
    others = itertools.product(("macos", "windows"), (oldest, supported[-1]))
    free = f"{supported[-1]}t"
    assert found == {*(("ubuntu", python) for python in [*supported, free]), *others}
    assert len(matrix) == len(found)
    assert job["continue-on-error"] == "${{ endsWith(matrix.python, 't') }}"

    jobs = workflows.gitlab(render(repository_provider="gitlab", python_min=oldest))
    assert jobs["tests"]["parallel"]["matrix"] == [{"UV_PYTHON": supported}]
    assert jobs["free-threaded"]["variables"] == {"UV_PYTHON": free}
    assert jobs["free-threaded"]["allow_failure"]
    for system in ("macos", "windows"):
        assert jobs[system]["parallel"]["matrix"] == [
            {"UV_PYTHON": [oldest, supported[-1]]}
        ]


@pytest.mark.parametrize("project", [ROOT, None], ids=["here", "a project"])
def test_one_check_sums_up_the_rest(project: Path | None, render: Render) -> None:
    """It needs every job but those that come after it, and fails where one was left out."""
    jobs = workflows.read(project or render(), "ci.yml")["jobs"]
    after = {name for name, job in jobs.items() if "required" in job.get("needs", [])}
    assert set(jobs["required"]["needs"]) == set(jobs) - {"required"} - after
    assert jobs["required"]["if"] == "always()"
    (step,) = jobs["required"]["steps"]
    assert step["with"] == {"jobs": "${{ toJSON(needs) }}"}


def test_gitlab_runs_what_github_runs(render: Render) -> None:
    """Job for job the same commands."""
    project = render()
    github = workflows.read(project, "ci.yml")
    jobs = workflows.gitlab(render(repository_provider="gitlab"))
    for name in ("checks", "tests", "dependencies", "package"):
        here = [command for command, _ in workflows.jobs(github, name)[0].steps]
        assert workflows.commands(here) == workflows.commands(jobs[name]["script"]), (
            name
        )
    rows = [job.variables for job in workflows.jobs(github, "dependencies")]
    assert rows == jobs["dependencies"]["parallel"]["matrix"]
    release = workflows.jobs(workflows.read(project, "release.yml"), "package")[0]
    here = workflows.commands([command for command, _ in release.steps])
    both = [*jobs["version"]["script"], *jobs["package"]["script"]]
    assert sorted(here) == sorted(workflows.commands(both))


@pytest.mark.parametrize("provider", ["github", "gitlab"])
@pytest.mark.parametrize("license_", ["MIT", "Proprietary"])
def test_what_is_proprietary_is_published_nowhere(
    render: Render, provider: str, license_: str
) -> None:
    """No job is known to an index; the release on the forge stays."""
    project = render(repository_provider=provider, license=license_)
    if provider == "github":
        jobs = workflows.read(project, "release.yml")["jobs"]
        known = [name for name, job in jobs.items() if "id-token" in job["permissions"]]
    else:
        jobs = workflows.gitlab(project)
        known = [name for name, job in jobs.items() if "id_tokens" in job]
    assert ("publish" in jobs) == (license_ == "MIT")
    assert bool(known) == (license_ == "MIT")
    assert "release" in jobs


def test_what_is_published_was_tested(render: Render) -> None:
    """One job builds; those after it take its files, and cannot read the repository."""
    jobs = workflows.read(render(), "release.yml")["jobs"]
    assert [n for n, job in jobs.items() if "uv build" in str(job)] == ["package"]
    assert jobs["publish"]["environment"] == "pypi"
    assert jobs["publish"]["permissions"] == {"id-token": "write"}
    order = {name: job.get("needs", []) for name, job in jobs.items()}
    assert order == {
        "package": [],
        "attest": ["package"],
        "publish": ["attest"],
        "release": ["publish"],
    }


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
