"""The workflows of projects, and of this repository, as zizmor, actionlint and schemas judge them."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT, workflows
from tests.support.changes import replacing
from tests.support.commands import run as run_command
from tests.support.projects import Render

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
    """Each of them looks at the files for GitLab, too."""
    project = render(repository_provider="gitlab")
    breaking(project)
    with pytest.raises(AssertionError, match=match):
        linter(project)
