"""Linters of workflows: zizmor, actionlint and schemas, on projects and on this repository."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT, workflows
from tests.support.changes import Change, replacing
from tests.support.commands import run as run_command
from tests.support.projects import Render
from tests.support.selection import thorough_but

CI = ".github/workflows/ci.yml"
RELEASE = ".github/workflows/release.yml"
GITLAB = ".gitlab-ci.yml"

SHAPES = list(
    itertools.product(("github", "gitlab"), ("MIT", "Proprietary"), ("3.11", "3.14"))
)
"""All answers that the workflows differ by."""

EACH_TWO = [SHAPES[0], SHAPES[3], SHAPES[5], SHAPES[6]]
"""Those in which each two of these answers meet."""


@pytest.fixture(scope="session", params=thorough_but(SHAPES, *EACH_TWO), ids="-".join)
def shape(request: pytest.FixtureRequest, render: Render) -> Path:
    """A project of each shape, in a repository of its own; for reading only."""
    provider, license_, python = request.param
    project = render(
        repository_provider=provider, license=license_, python_min=python, docs=True
    )
    run_command(project, "git", "init", "--quiet")
    return project


def zizmor(project: Path) -> None:
    """No workflow is easy to attack, by its strictest rules."""
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
    """In each shape of the workflows."""
    if linter not in (zizmor, actionlint) or (shape / CI).exists():
        linter(shape)


@pytest.mark.parametrize("linter", LINTERS)
def test_no_linter_finds_a_mistake_in_this_repository(
    linter: Callable[[Path], None],
) -> None:
    """This repository's own workflows pass them too."""
    linter(ROOT)


CHECKOUT = "@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
PERMISSIONS = "\npermissions: {}\n\nconcurrency"
ECHO = "run: echo ${{ github.head_ref }}\n"
COMMENT = " # To make the release."
DEPENDABOT = ".github/dependabot.yml"
BROKEN = [
    (zizmor, replacing(CI, CHECKOUT, "@v7"), "unpinned"),
    (zizmor, replacing(CI, "persist-credentials: false", "persist-credentials: true"), "artipacked"),
    (zizmor, replacing(CI, PERMISSIONS, "\nconcurrency"), "excessive-permissions"),
    (zizmor, replacing(CI, "run: uv sync\n", ECHO), "template-injection"),
    (zizmor, replacing(RELEASE, COMMENT, ""), "undocumented-permissions"),
    (zizmor, replacing(DEPENDABOT, "default-days: 7", "default-days: 1"), "cooldown"),
    (actionlint, replacing(CI, "matrix.python }}", "matrix.pyton }}"), "pyton"),
    (actionlint, replacing(CI, "needs: [checks,", "needs: [cheks,"), "cheks"),
    (actionlint, replacing(RELEASE, "ubuntu-24.04", "ubuntu-24.4"), "ubuntu-24.4"),
    (schemas, replacing(CI, "timeout-minutes: 15", "timeout-minutes: soon"), "timeout-minutes"),
    (schemas, replacing(DEPENDABOT, "weekly", "wekly"), "wekly"),
    (bounded, replacing(CI, "    timeout-minutes: 5\n", ""), "required"),
    (bounded, replacing(RELEASE, "    timeout-minutes: 10\n", ""), "attest"),
]  # fmt: skip
MANAGERS = '"enabledManagers": '
BROKEN_ON_GITLAB = [
    (schemas, replacing(GITLAB, "macos:\n  extends", "macos:\n  extend"), "extend"),
    (schemas, replacing(GITLAB, "interruptible: true", "interruptible: maybe"), "maybe"),
    (schemas, replacing("renovate.json", f'{MANAGERS}["gitlabci", "pep621"]', f"{MANAGERS}1"), "enabledManagers"),
    (bounded, replacing(GITLAB, "  timeout: 15 minutes\n", ""), "template-update"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("provider", "linter", "breaking", "match"),
    [
        *(("github", *broken) for broken in BROKEN),
        *(("gitlab", *broken) for broken in BROKEN_ON_GITLAB),
    ],
)
def test_a_linter_finds_a_mistake(
    render: Render,
    provider: str,
    linter: Callable[[Path], None],
    breaking: Change,
    match: str,
) -> None:
    """Each fails on a file that is broken on purpose."""
    project = render(repository_provider=provider)
    breaking(project)
    with pytest.raises(AssertionError, match=match):
        linter(project)
