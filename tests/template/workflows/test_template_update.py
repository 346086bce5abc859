"""The job that reports a new release of the template to a project; GitHub is replaced."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.support import workflows
from tests.support.changes import append, replace
from tests.support.commands import CommandError
from tests.support.releases import TOMORROW, WORKING_TREE, Template

UVX = f"""#!/bin/sh
test "$1" = copier && shift && exec "{sys.executable}" -m copier "$@"
"""
GH = f"""#!{sys.executable}
import json, pathlib, sys
import jq
folder = pathlib.Path(__file__).parent
issue, command, *options = sys.argv[1:]
if command == "list":
    assert "--json=number,title" in options
    (expression,) = (o.removeprefix("--jq=") for o in options if o.startswith("--jq="))
    print(*jq.compile(expression).input_text((folder / "issues").read_text()))
else:
    with (folder / "calls").open("a") as calls:
        calls.write(json.dumps([command, *options]) + "\\n")
"""
OTHER = {"number": 1, "title": "Another issue"}
REPORTED = {"number": 2, "title": "Update from the template"}


@pytest.fixture
def project(template: Template, tmp_path: Path) -> Path:
    """A project of the first release with the newest workflow, beside stand-ins for commands."""
    project = template.start(tmp_path / "my-project", WORKING_TREE)
    replace(project / ".copier-answers.yml", "^_commit: .*", "_commit: 0.1.0")
    for name, text in {"uvx": UVX, "gh": GH}.items():
        append(tmp_path / "bin" / name, text)
        (tmp_path / "bin" / name).chmod(0o755)
    return project


def shell(project: Path, script: str, variables: dict[str, str]) -> None:
    """Run a script with the stand-ins."""
    path = f"{project.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    workflows.shell(project, script, variables | {"PATH": path})


def calls(project: Path, *issues: dict[str, object]) -> list[list[str]]:
    """Run the job for these open issues, and return its calls that change one."""
    folder = project.parent / "bin"
    (folder / "issues").write_text(json.dumps(issues), "utf-8")
    (folder / "calls").unlink(missing_ok=True)
    job = workflows.read(project, "template-update.yml")["jobs"]["look"]
    (step,) = (step for step in job["steps"] if "run" in step)
    shell(project, step["run"], step["env"] | {"GH_TOKEN": "none"})
    if not (folder / "calls").exists():
        return []
    return [json.loads(line) for line in (folder / "calls").read_text().splitlines()]


def test_opens_an_issue(project: Path, template: Template) -> None:
    """It names both releases, the command, and where the template is."""
    ((command, title, body),) = calls(project, OTHER)
    assert (command, title) == ("create", f"--title={REPORTED['title']}")
    said = ("0.1.0", TOMORROW, "`uvx copier update`", str(template.clone))
    assert [part for part in said if part not in body] == []


def test_updates_the_open_issue(project: Path) -> None:
    """There is never a second one."""
    ((command, number, body),) = calls(project, OTHER, REPORTED)
    assert (command, number) == ("edit", "2")
    assert TOMORROW in body


def test_does_nothing_on_the_newest_release(project: Path) -> None:
    """With an issue or without."""
    replace(project / ".copier-answers.yml", "^_commit: .*", f"_commit: {TOMORROW}")
    assert calls(project, OTHER, REPORTED) == []


def test_fails_without_the_template(project: Path, tmp_path: Path) -> None:
    """No issue says that a template is new which cannot be read."""
    gone = f"_src_path: {tmp_path}/gone"
    replace(project / ".copier-answers.yml", "^_src_path: .*", gone)
    with pytest.raises(CommandError, match="git-tracked templates"):
        calls(project)
    assert not (tmp_path / "bin/calls").exists()


def test_fails_on_gitlab_for_a_new_release(project: Path, template: Template) -> None:
    """The log says which; on the newest release the job passes."""
    made = template.made(WORKING_TREE, repository_provider="gitlab")
    script = "\n".join(workflows.gitlab(made)["template-update"]["script"])
    with pytest.raises(CommandError, match=rf"(?s){TOMORROW}.*uvx copier update"):
        shell(project, script, {})
    replace(project / ".copier-answers.yml", "^_commit: .*", f"_commit: {TOMORROW}")
    shell(project, script, {})
