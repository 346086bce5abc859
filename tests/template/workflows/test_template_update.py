"""The job that reports a new release of the template to a project; GitHub and GitLab are replaced."""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Self
from urllib.parse import parse_qs

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


def gitlab_script(template: Template) -> str:
    """Return what the job does on GitLab."""
    made = template.made(WORKING_TREE, repository_provider="gitlab")
    return "\n".join(workflows.gitlab(made)["template-update"]["script"])


def test_fails_on_gitlab_for_a_new_release(project: Path, template: Template) -> None:
    """The log says which; on the newest release the job passes."""
    script = gitlab_script(template)
    with pytest.raises(CommandError, match=rf"(?s){TOMORROW}.*uvx copier update"):
        shell(project, script, {})
    replace(project / ".copier-answers.yml", "^_commit: .*", f"_commit: {TOMORROW}")
    shell(project, script, {})


class GitLab(ThreadingHTTPServer):
    """Its API for the issues of project 7, of which it remembers the requests."""

    def __init__(self, *issues: dict[str, object]) -> None:
        super().__init__(("127.0.0.1", 0), IssueRequest)
        self.issues = issues
        self.changes: list[tuple[str, str, dict[str, list[str]]]] = []

    def __enter__(self) -> Self:
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}).start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.shutdown()
        self.server_close()


class IssueRequest(BaseHTTPRequestHandler):
    """A request of somebody who has the token."""

    server: GitLab

    def do_GET(self) -> None:
        assert self.headers["PRIVATE-TOKEN"] == "secret"
        path, _, query = self.path.partition("?")
        assert path == "/projects/7/issues"
        assert parse_qs(query)["search"] == [REPORTED["title"]]
        self.answer(list(self.server.issues))

    def do_POST(self) -> None:
        assert self.headers["PRIVATE-TOKEN"] == "secret"
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.changes.append((self.command, self.path, parse_qs(text)))
        self.answer({})

    def do_PUT(self) -> None:
        self.do_POST()

    def answer(self, body: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Print nothing."""


def on_gitlab(project: Path, script: str, *issues: dict[str, object]) -> list[Any]:
    """Run the job with a token, while these issues are open, and return what it changed."""
    with GitLab(*issues) as gitlab:
        api = f"http://127.0.0.1:{gitlab.server_port}"
        variables = {"CI_API_V4_URL": api, "CI_PROJECT_ID": "7"}
        shell(project, script, {"TEMPLATE_UPDATE_TOKEN": "secret", **variables})
    return gitlab.changes


def test_keeps_one_issue_on_gitlab(project: Path, template: Template) -> None:
    """With a token, there is a new one, or the one that is open has the newest release."""
    script = gitlab_script(template)
    other, reported = (
        {"iid": one["number"], "title": one["title"]} for one in (OTHER, REPORTED)
    )
    ((method, path, sent),) = on_gitlab(project, script, other)
    assert (method, path) == ("POST", "/projects/7/issues")
    assert sent["title"] == [REPORTED["title"]]
    said = ("0.1.0", TOMORROW, "`uvx copier update`", str(template.clone))
    assert [part for part in said if part not in sent["description"][0]] == []
    ((method, path, sent),) = on_gitlab(project, script, other, reported)
    assert (method, path) == ("PUT", "/projects/7/issues/2")
    assert TOMORROW in sent["description"][0]
