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


@pytest.fixture(scope="module")
def made(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project in one place, for uv to keep the script's environment."""
    folder = tmp_path_factory.mktemp("template_update")
    return template.start(folder / "my-project", WORKING_TREE)


@pytest.fixture
def project(made: Path, template: Template) -> Path:
    """That project, as it would be after an update to the first release."""
    answer(made, "_commit", "0.1.0")
    answer(made, "_src_path", str(template.clone))
    return made


@pytest.fixture
def gh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a stand-in for GitHub's command, which records its calls."""
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
    """Run the script for these open issues, and return its calls of GitHub's command."""
    (gh / "issues").write_text(json.dumps(issues), "utf-8")
    (gh / "calls").unlink(missing_ok=True)
    run(project, *SCRIPT, "--issue")
    lines = (gh / "calls").read_text("utf-8").splitlines()
    listed, *others = map(json.loads, lines)
    assert listed[:3] == ["issue", "list", "--state=open"]
    return others


def test_prints_changelog_entries_since_last_update(project: Path) -> None:
    """It exits with 2, so that a job on GitLab fails and somebody reads them."""
    with pytest.raises(CommandError, match="exited with 2") as caught:
        run(project, *SCRIPT)
    said = str(caught.value)
    assert f"Release {TOMORROW} of the template is out" in said
    assert "\n## 0.2.0\n" in said
    assert "\n## 0.1.0\n" not in said


def test_succeeds_on_newest_release(project: Path) -> None:
    """There is nothing to report."""
    answer(project, "_commit", TOMORROW)
    assert "has the newest release" in run(project, *SCRIPT)


def test_opens_an_issue(project: Path, gh: Path) -> None:
    """With a marker by which the next run finds it."""
    ((*command, title, body),) = calls(gh, project, OTHER)
    assert command == ["issue", "create"]
    assert title == "--title=Update from the template"
    assert "\n## 0.2.0\n" in body
    assert body.endswith("<!-- template-update -->")


def test_edits_the_open_issue(project: Path, gh: Path) -> None:
    """There is never a second issue."""
    ((*command, _, body),) = calls(gh, project, OTHER, REPORTED)
    assert command == ["issue", "edit", "2"]
    assert "\n## 0.2.0\n" in body


def test_closes_the_issue_after_the_update(project: Path, gh: Path) -> None:
    """If there is one."""
    answer(project, "_commit", TOMORROW)
    assert calls(gh, project, OTHER, REPORTED) == [["issue", "close", "2"]]
    assert calls(gh, project, OTHER) == []


def test_cuts_an_issue_to_the_length_that_github_takes(
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
def test_reads_each_form_of_address(
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


def test_names_a_template_that_cannot_be_reached(project: Path, tmp_path: Path) -> None:
    """The message says which, why, and what to change."""
    answer(project, "_src_path", f"{tmp_path}/gone")
    with pytest.raises(CommandError, match="exited with 1") as caught:
        run(project, *SCRIPT)
    assert f"The template at {tmp_path}/gone cannot be looked at" in str(caught.value)
    assert "`_src_path` in .copier-answers.yml" in str(caught.value)
