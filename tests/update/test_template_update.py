"""The script that reports a new release of the template to a project; GitHub is replaced."""

import json
import os
from pathlib import Path

import pytest

from tests.support.changes import replace
from tests.support.commands import CommandError, run
from tests.support.releases import TOMORROW, WORKING_TREE, Template, commit

SCRIPT = ("uv", "run", "--quiet", ".copier/template_update.py")
GH = """#!/usr/bin/env python3
import json, pathlib, sys
folder = pathlib.Path(__file__).parent
with (folder / "calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
if sys.argv[2] == "list":
    print((folder / "issues").read_text())
"""
OTHER = {"number": 1, "body": "Another issue: <!-- a comment -->"}
REPORTED = {"number": 2, "body": "Old news.\n\n<!-- template-update -->"}


@pytest.fixture
def project(template: Template, tmp_path: Path) -> Path:
    """A project that says it was last updated to the first release."""
    project = template.start(tmp_path / "my-project", WORKING_TREE)
    answer(project, "_commit", "0.1.0")
    return project


@pytest.fixture
def gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a stand-in for GitHub's command, which writes down how it is called."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "gh").write_text(GH, "utf-8")
    (folder / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def answer(project: Path, name: str, value: str) -> None:
    """Write something into the answers file."""
    replace(project / ".copier-answers.yml", f"^{name}: .*", f"{name}: {value}")


def calls(gh: Path, project: Path, *issues: dict[str, object]) -> list[list[str]]:
    """Run the script for these open issues, and return what it has GitHub do."""
    (gh / "issues").write_text(json.dumps(issues), "utf-8")
    (gh / "calls").unlink(missing_ok=True)
    run(project, *SCRIPT, "--issue")
    lines = (gh / "calls").read_text("utf-8").splitlines()
    listed, *others = map(json.loads, lines)
    assert listed[:3] == ["issue", "list", "--state=open"]
    return others


def test_the_news_are_the_entries_since_the_last_update(project: Path) -> None:
    """They fail a job on GitLab, so that somebody reads them."""
    with pytest.raises(CommandError, match="exited with 2") as caught:
        run(project, *SCRIPT)
    said = str(caught.value)
    assert f"Release {TOMORROW} of the template is out" in said
    assert "\n## 0.2.0\n" in said
    assert "\n## 0.1.0\n" not in said


def test_no_news_are_good_news(project: Path) -> None:
    """The newest release has nothing newer."""
    answer(project, "_commit", TOMORROW)
    assert "has the newest release" in run(project, *SCRIPT)


def test_an_issue_is_opened(project: Path, gh: Path) -> None:
    """One that can be known again."""
    ((*command, title, body),) = calls(gh, project, OTHER)
    assert command == ["issue", "create"]
    assert title == "--title=Update from the template"
    assert "\n## 0.2.0\n" in body
    assert body.endswith("<!-- template-update -->")


def test_an_open_issue_is_brought_up_to_date(project: Path, gh: Path) -> None:
    """There is never a second one."""
    ((*command, _, body),) = calls(gh, project, OTHER, REPORTED)
    assert command == ["issue", "edit", "2"]
    assert "\n## 0.2.0\n" in body


def test_an_issue_is_closed_when_it_is_done_with(project: Path, gh: Path) -> None:
    """After the update there is nothing left to do."""
    answer(project, "_commit", TOMORROW)
    assert calls(gh, project, OTHER, REPORTED) == [["issue", "close", "2"]]
    assert calls(gh, project, OTHER) == []


def test_an_issue_is_no_longer_than_github_takes(
    project: Path, gh: Path, template: Template, tmp_path: Path
) -> None:
    """However long the changelog is."""
    clone = tmp_path / "template"
    run(tmp_path, "git", "clone", "--quiet", template.clone, clone)
    (clone / "CHANGELOG.md").write_text("## 100.0.0\n\n" + "More.\n" * 99_999, "utf-8")
    commit(clone, "v100.0.0")
    answer(project, "_src_path", str(clone))
    ((*_, body),) = calls(gh, project)
    assert 50_000 < len(body) < 65_536
    assert body.endswith("<!-- template-update -->")


@pytest.mark.parametrize(
    "source", ["gh:ada/template", "git+https://github.com/ada/template.git"]
)
def test_every_way_to_write_an_address_is_known(
    project: Path,
    template: Template,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
) -> None:
    """Git is configured to find GitHub's repositories in a local folder."""
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada/template.git").symlink_to(template.clone)
    (tmp_path / "ada/template").symlink_to(template.clone)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.file://{tmp_path}/.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "https://github.com/")
    answer(project, "_src_path", source)
    with pytest.raises(CommandError, match="exited with 2") as caught:
        run(project, *SCRIPT)
    assert "\n## 0.2.0\n" in str(caught.value)


def test_a_template_out_of_reach_is_named(project: Path, tmp_path: Path) -> None:
    """The message says which, why, and what to do."""
    answer(project, "_src_path", f"{tmp_path}/gone")
    with pytest.raises(CommandError, match="exited with 1") as caught:
        run(project, *SCRIPT)
    assert f"The template at {tmp_path}/gone cannot be looked at" in str(caught.value)
    assert "`_src_path` in .copier-answers.yml" in str(caught.value)
