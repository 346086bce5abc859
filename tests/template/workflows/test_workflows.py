"""The workflows of a project: what they pin, run and publish."""

import itertools
import re
from pathlib import Path

import pytest
import yaml

from tests.support import ROOT, workflows
from tests.support.pairs import choices
from tests.support.projects import SETTINGS, SUPPORTED, Render


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


def test_every_image_has_a_version(render: Render) -> None:
    """So that no job on GitLab changes by itself."""
    jobs = workflows.gitlab(render(repository_provider="gitlab")).values()
    images = {job["image"] for job in jobs if "image" in job}
    assert "registry.gitlab.com/gitlab-org/cli:v1.109.0" in images
    pinned = r"[\w./-]+:(v?\d[\w.]*|\$UV_PYTHON)|macos-\d+-xcode-\d+"
    assert [image for image in images if not re.fullmatch(pinned, image)] == []


@pytest.mark.parametrize("oldest", choices(SETTINGS)["python_min"])
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
    assert jobs["free-threaded"]["variables"]["UV_PYTHON"] == free
    assert jobs["free-threaded"]["allow_failure"]
    for system in ("macos", "windows"):
        assert jobs[system]["parallel"]["matrix"] == [
            {"UV_PYTHON": [oldest, supported[-1]]}
        ]


NIGHTLY = "github.event_name == 'schedule'"


@pytest.mark.parametrize("project", [ROOT, None], ids=["here", "a project"])
def test_one_job_requires_the_others(project: Path | None, render: Render) -> None:
    """It needs every job but those that come after it, or that run at night only."""
    jobs = workflows.read(project or render(), "ci.yml")["jobs"]
    others = {name for name, job in jobs.items() if "required" in job.get("needs", [])}
    others |= {name for name, job in jobs.items() if job.get("if") == NIGHTLY}
    assert set(jobs["required"]["needs"]) == set(jobs) - {"required"} - others
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
        assert workflows.without_differences(here) == workflows.without_differences(
            jobs[name]["script"]
        ), name
    rows = [job.variables for job in workflows.jobs(github, "dependencies")]
    assert rows == jobs["dependencies"]["parallel"]["matrix"]
    release = workflows.jobs(workflows.read(project, "release.yml"), "package")[0]
    here = workflows.without_differences([command for command, _ in release.steps])
    both = [*jobs["version"]["script"], *jobs["package"]["script"]]
    assert sorted(here) == sorted(workflows.without_differences(both))


@pytest.mark.parametrize("provider", ["github", "gitlab"])
@pytest.mark.parametrize("license_", ["MIT", "Proprietary"])
def test_a_proprietary_package_is_not_published(
    render: Render, provider: str, license_: str
) -> None:
    """No job may ask an index for access; the release on the forge stays."""
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


def test_the_tested_files_are_published(render: Render) -> None:
    """One job builds and tests; the others take its files, and cannot read the repository."""
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


@pytest.mark.parametrize("name", ["ci.yml", "publish-docs.yml"])
def test_a_push_to_the_default_branch_is_seen(render: Render, name: str) -> None:
    """Whatever the branch is called; Dependabot's branches have pull requests."""
    on = workflows.read(render(docs=True), name)["on"]
    assert on["push"] == {"branches": ["**", "!dependabot/**"]}


def test_documentation_is_published_from_the_default_branch(render: Render) -> None:
    """Only if GitHub Pages is turned on: otherwise each push would fail."""
    jobs = workflows.read(render(docs=True), "publish-docs.yml")["jobs"]
    assert "default_branch &&" in jobs["build"]["if"]
    assert "has_pages" in jobs["build"]["if"]
    assert jobs["deploy"]["needs"] == ["build"]


def test_only_what_is_not_published_is_cached(render: Render) -> None:
    """A cache that was tampered with must not reach users."""
    project = render(docs=True)
    cached = {}
    for file in project.glob(".github/workflows/*.yml"):
        steps = [
            step
            for job in workflows.read(project, file.name)["jobs"].values()
            for step in job["steps"]
        ]
        used = {
            step["with"]["enable-cache"]
            for step in steps
            if "setup-uv" in step.get("uses", "")
        }
        (cached[file.name],) = used
    assert [name for name in cached if cached[name] == "true"] == ["ci.yml"]
    jobs = workflows.gitlab(render(repository_provider="gitlab"))
    assert {name for name, job in jobs.items() if "cache" in job} == {
        "checks",
        "dependencies",
        "free-threaded",
        "orders",
        "tests",
    }


def test_dependabot_keeps_actions_up_to_date(render: Render) -> None:
    """And locked packages: once a week, together, a week after their release."""
    text = (render() / ".github/dependabot.yml").read_text("utf-8")
    updates = yaml.safe_load(text)["updates"]
    assert {update["package-ecosystem"] for update in updates} == {
        "github-actions",
        "uv",
    }
    for update in updates:
        assert update["schedule"]["interval"] == "weekly"
        assert update["cooldown"]["default-days"] == 7
        assert [group["patterns"] for group in update["groups"].values()] == [["*"]]
