"""Read the workflows of a project, and run their commands as CI would."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.support import commands

LOCK = "hashFiles('uv.lock') != ''"
"""The one expression of a step that is worked out here; the others are values of a matrix."""


class Job(NamedTuple):
    """One run of a job, for one row of its matrix: its variables, and its commands in order."""

    variables: dict[str, str]
    steps: list[tuple[str, dict[str, str]]]


def read(project: Path, name: str) -> dict[str, Any]:
    """Return a workflow of a project."""
    text = (project / ".github/workflows" / name).read_text("utf-8")
    workflow: dict[str, Any] = yaml.load(text, yaml.BaseLoader)  # "on" stays a name.
    return workflow


def jobs(workflow: dict[str, Any], name: str) -> list[Job]:
    """Return the runs of a job on GitHub."""
    job = workflow["jobs"][name]
    runs = []
    for row in rows(job.get("strategy", {}).get("matrix", {})):
        steps = [
            (filled(step["run"], row), filled_all(step.get("env", {}), row))
            for step in job["steps"]
            if "run" in step
        ]
        runs.append(Job(filled_all(job.get("env", {}), row), steps))
    return runs


def rows(matrix: dict[str, Any]) -> list[dict[str, str]]:
    """Return the rows of a matrix: the product of its lists, then what is included."""
    found: list[dict[str, str]] = [{}] if set(matrix) != {"include"} else []
    for key, values in matrix.items():
        if key != "include":
            found = [row | {key: value} for row in found for value in values]
    return found + list(matrix.get("include", []))


def filled(text: str, row: dict[str, str]) -> str:
    """Return a text of a workflow with the values of a matrix."""
    return re.sub(r"\$\{\{ matrix\.(\w+) \}\}", lambda found: row[found[1]], text)


def filled_all(texts: dict[str, str], row: dict[str, str]) -> dict[str, str]:
    """Return variables of a workflow with the values of a matrix."""
    return {name: filled(text, row) for name, text in texts.items()}


def run(project: Path, job: Job, **own: str) -> str:
    """Run the commands of a job, on this run's Python, and return what they printed.

    Raises CommandError at the first one that fails, as CI stops there.
    """
    printed = ""
    python = {"UV_PYTHON": commands.environment()["UV_PYTHON"]}
    for command, variables in job.steps:
        worked_out = {
            name: str((project / "uv.lock").exists()).lower() if LOCK in text else text
            for name, text in variables.items()
        }
        given = job.variables | worked_out | python | own
        assert "${{" not in "".join([command, *given.values()]), command
        printed += shell(project, command, given)
    return printed


def shell(project: Path, script: str, variables: dict[str, str]) -> str:
    """Run a script as GitHub and GitLab do: bash stops it where a command fails."""
    bash = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script)
    return commands.run(project, *bash, **variables)


def gitlab(project: Path) -> dict[str, Any]:
    """Return the jobs of a project on GitLab, with what each one extends and the defaults."""
    pipeline = yaml.safe_load((project / ".gitlab-ci.yml").read_text("utf-8"))
    default = pipeline.pop("default")

    def extended(job: dict[str, Any]) -> dict[str, Any]:
        base = extended(pipeline[job["extends"]]) if "extends" in job else default
        variables = base.get("variables", {}) | job.get("variables", {})
        return base | job | {"variables": variables}

    return {
        name: extended(job)
        for name, job in pipeline.items()
        if name != "workflow" and not name.startswith(".")
    }


def without_differences(scripts: Iterator[str] | list[str]) -> list[str]:
    """Return the commands of scripts without what differs between GitHub and GitLab."""
    lines = [line.strip() for script in scripts for line in script.splitlines()]
    texts = [re.sub(r" \$LOCKED| #.*", "", line) for line in lines]
    return [re.sub(r"GITHUB_REF_NAME|CI_COMMIT_TAG", "TAG", text) for text in texts]


def uses(project: Path) -> Iterator[str]:
    """Yield each line of a repository's workflows that names an action."""
    for folder in (".github", "template/.github"):
        for file in sorted((project / folder).glob("workflows/*.y*ml*")):
            for line in file.read_text("utf-8").splitlines():
                if found := re.fullmatch(r"\s*(?:- )?uses: (.*)", line):
                    yield found[1]
