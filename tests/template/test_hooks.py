"""The hooks of a project, run by prek and by pre-commit: they work offline, and refuse what is wrong."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.support import workflows
from tests.support.changes import appending, replacing
from tests.support.commands import CommandError, run
from tests.support.pages import all_checks_command
from tests.support.releases import IDENTITY, commit

CONFIG = ".pre-commit-config.yaml"
CODE = "src/my_project/errors.py"
COMMIT = f"git {' '.join(IDENTITY)} commit --quiet --message=More"
INSTALL = {
    "prek": "uv run --quiet prek install",
    "pre-commit": f"{sys.executable} -m pre_commit install",
}
OFFLINE = {"UV_OFFLINE": "1", "PIP_NO_INDEX": "1"}


def offline(project: Path, command: str) -> str:
    """Run a command that may not download anything."""
    return workflows.shell(project, command, OFFLINE)


@pytest.fixture
def committed(copy: Path) -> Path:
    """A copy of the default project in its environment, committed with its lock."""
    run(copy, "uv", "sync", "--quiet")
    commit(copy)
    return copy


@pytest.fixture(params=INSTALL)
def hooked(request: pytest.FixtureRequest, committed: Path) -> Path:
    """That project with the hooks installed by either tool, as CONTRIBUTING.md says."""
    offline(committed, INSTALL[request.param])
    hook = (committed / ".git/hooks/pre-commit").read_text("utf-8")
    assert request.param in hook
    return committed


def test_a_commit_is_checked(hooked: Path) -> None:
    """What can be fixed is fixed, what cannot is refused, and what is right is committed."""
    appending(CODE, "import os\nnumber: int = 1\nx = {  }\n")(hooked)
    offline(hooked, "git add .")
    with pytest.raises(CommandError, match="files were modified"):
        offline(hooked, COMMIT)
    assert (hooked / CODE).read_text("utf-8").endswith("\nnumber: int = 1\nx = {}\n")

    replacing(CODE, "number: int = 1\nx = {}\n", 'number: int = ""\n')(hooked)
    offline(hooked, "git add .")
    with pytest.raises(CommandError, match="Incompatible types"):
        offline(hooked, COMMIT)

    replacing(CODE, 'number: int = ""\n', "number: int = 1\n")(hooked)
    offline(hooked, "git add .")
    offline(hooked, COMMIT)
    assert run(hooked, "git", "log", "--oneline").count("\n") == 2


def test_a_commit_fixes_only_its_own_files(hooked: Path) -> None:
    """What git does not know, and what is the template's, stays as it was."""
    mine, template = "src/my_project/draft.py", "tests/async_guard/findings.py"
    appending(mine, "import os\nx={}\n")(hooked)
    appending(template, "X  =  1\n")(hooked)
    appending(CODE, "import os\n")(hooked)
    before = {name: (hooked / name).read_bytes() for name in (mine, template)}
    offline(hooked, f"git add {template} {CODE}")
    with pytest.raises(CommandError, match=r"Mend mistakes\.+Failed"):
        offline(hooked, COMMIT)
    assert {name: (hooked / name).read_bytes() for name in (mine, template)} == before
    assert "import os" not in (hooked / CODE).read_text("utf-8")


def test_the_hook_names_a_stale_lock(hooked: Path) -> None:
    """Only the hook for it fails; the lock that it writes is all that is left to add."""
    replacing("pyproject.toml", '    "aiohttp>', '    "idna",\n    "aiohttp>')(hooked)
    offline(hooked, "git add .")
    with pytest.raises(CommandError, match=r"Bring uv\.lock.*Failed") as caught:
        offline(hooked, COMMIT)
    assert str(caught.value).count("Failed") == 1
    assert run(hooked, "git", "diff", "--name-only") == "uv.lock\n"
    offline(hooked, f"git add . && {COMMIT}")


def test_a_lock_is_not_asked_for(hooked: Path) -> None:
    """Where a project commits none, git ignores the one that uv makes."""
    appending(".gitignore", "uv.lock\n")(hooked)
    offline(hooked, f"git rm --quiet --force uv.lock && git add . && {COMMIT}")
    assert run(hooked, "git", "ls-files", "uv.lock") == ""


def test_a_push_is_tested(hooked: Path, tmp_path: Path) -> None:
    """Tests are for a push: a commit may have one that fails."""
    run(tmp_path, "git", "init", "--quiet", "--bare", "remote")
    push = f"git push --quiet {tmp_path / 'remote'} HEAD"
    failing = "\n\ndef test_fails() -> None:\n    assert not 1\n"
    appending("tests/test_errors.py", failing)(hooked)
    offline(hooked, f"git add . && {COMMIT}")
    with pytest.raises(CommandError, match="1 failed"):
        offline(hooked, push)
    replacing("tests/test_errors.py", "assert not 1", "assert 1")(hooked)
    offline(hooked, f"git add . && {COMMIT} && {push}")
    assert run(tmp_path / "remote", "git", "log", "--oneline").count("\n") == 3


@pytest.mark.parametrize(
    ("breaking", "match"),
    [
        (appending(CODE, "import os\n"), "F401"),
        (appending(CODE, "x = {  }\n"), "1 file would be reformatted"),
        (appending(CODE, "\nnumber: int = ''\n"), "Incompatible types"),
        (replacing("src/my_project/streams.py", "yield", "# yield"), "failed"),
        (
            appending(CODE, "\n\ndef f() -> int:\n    return 1\n"),
            "Required test coverage",
        ),
    ],
)
def test_one_command_runs_all_checks(
    committed: Path, breaking: Callable[[Path], None], match: str
) -> None:
    """It fails with each of them, and changes nothing; test_workflow_jobs.py sees it pass."""
    breaking(committed)
    code = (committed / CODE).read_bytes()
    with pytest.raises(CommandError, match=match):
        offline(committed, all_checks_command(committed))
    assert (committed / CODE).read_bytes() == code


def test_what_git_does_not_know_is_checked(copy: Path) -> None:
    """Before the first `git add`, too: no check is passed over."""
    run(copy, "git", "init", "--quiet")
    replacing("src/my_project/streams.py", "yield", "# yield")(copy)
    with pytest.raises(CommandError, match=" failed") as caught:
        workflows.shell(copy, all_checks_command(copy), {})
    assert "Skipped" not in str(caught.value)


def test_ci_runs_that_command(project: Path) -> None:
    """Nothing is checked there that is not checked here."""
    job, *_ = workflows.jobs(workflows.read(project, "ci.yml"), "checks")
    assert [command for command, _ in job.steps] == [
        "uv sync",
        all_checks_command(project),
    ]


def test_each_check_has_its_hook(project: Path) -> None:
    """The hooks run what CONTRIBUTING.md lists, from the environment; what only looks runs at once."""
    settings = yaml.safe_load((project / CONFIG).read_text("utf-8"))
    hooks = [hook for repo in settings["repos"] for hook in repo["hooks"]]
    assert {repo["repo"] for repo in settings["repos"]} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    page = (project / "CONTRIBUTING.md").read_text("utf-8")
    own = re.compile(" --(fix|diff|force-exclude)")
    entries = [own.sub("", hook["entry"]) for hook in hooks]
    assert [e for e in entries if f"`{e}`" not in page] == ["uv lock"]
    looks = {
        hook["id"] for hook in hooks if "pre-push" in hook.get("stages", ["pre-push"])
    }
    looks -= {"lock"}
    assert looks == {"ruff-check-all", "ruff-format-all", "tests", "mypy"}
    assert {hook["priority"] for hook in hooks if hook["id"] in looks} == {3}
