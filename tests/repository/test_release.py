"""The script that publishes releases: each one once, and only from a complete history."""

import json
import sys
from pathlib import Path
from shutil import copytree

import pytest

from scripts import release
from tests.support import ROOT
from tests.support.commands import CommandError, run

GH = """#!/usr/bin/env python3
import json, pathlib, subprocess, sys
with pathlib.Path(__file__).with_name("calls").open("a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
target = next(word for word in sys.argv if word.startswith("--target="))
subprocess.run(["git", "tag", sys.argv[3], target.partition("=")[2]], check=True)
"""


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A clone of this repository with the scripts of the working tree and a stand-in for `gh`."""
    clone = tmp_path / "clone"
    run(tmp_path, "git", "clone", "--quiet", "--no-tags", ROOT, clone)
    copytree(ROOT / "scripts", clone / "scripts", dirs_exist_ok=True)
    (clone / "CHANGELOG.md").write_bytes((ROOT / "CHANGELOG.md").read_bytes())
    (tmp_path / "gh").write_text(GH, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return clone


def publish(clone: Path) -> list[list[str]]:
    """Publish what is not published yet, and return the calls of `gh`."""
    calls = clone.parent / "calls"
    calls.unlink(missing_ok=True)
    run(clone, sys.executable, "scripts/release.py")
    lines = calls.read_text("utf-8").splitlines() if calls.exists() else []
    return [json.loads(line) for line in lines]


def test_each_release_is_published_once(clone: Path) -> None:
    """The oldest first, at the commit that raised the version, with its entry."""
    calls = publish(clone)
    assert [call[:3] for call in calls] == [
        ["release", "create", version] for version in release.releases()
    ]
    for call in calls:
        target, title, notes = call[3:]
        settings = run(
            clone, "git", "show", f"{target.partition('=')[2]}:pyproject.toml"
        )
        assert f'\nversion = "{call[2]}"\n' in settings
        assert title == f"--title={call[2]}"
        assert "### " in notes
        assert "\n## " not in notes
    assert publish(clone) == []


def test_a_release_without_an_entry_is_not_published(clone: Path) -> None:
    """Owners read it to decide whether to update."""
    text = (clone / "CHANGELOG.md").read_text("utf-8")
    (clone / "CHANGELOG.md").write_text(text.replace("## 0.1.0", "## Then"), "utf-8")
    with pytest.raises(CommandError, match=r"no entry for 0\.1\.0"):
        publish(clone)
    assert run(clone, "git", "tag") == ""


def test_a_shallow_clone_publishes_nothing(clone: Path) -> None:
    """Its history lacks releases."""
    shallow = clone.parent / "shallow"
    run(clone, "git", "clone", "--quiet", "--depth=1", f"file://{clone}", shallow)
    copytree(ROOT / "scripts", shallow / "scripts", dirs_exist_ok=True)
    with pytest.raises(CommandError, match="git fetch --unshallow"):
        publish(shallow)
