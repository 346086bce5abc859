"""The hooks of a project, run by prek and by pre-commit: they work offline, and refuse what is wrong."""

import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from tests.support import commands, environments, workflows
from tests.support.changes import appending, replacing
from tests.support.commands import CommandError, run
from tests.support.releases import IDENTITY, commit
from tests.support.selection import thorough_but

CONFIG = ".pre-commit-config.yaml"
CODE = "src/my_project/errors.py"
TESTS = "tests/test_examples.py"
COMMIT = f"git {' '.join(IDENTITY)} commit --quiet --message=More"
CHECK = "uv run poe check"
INSTALL = {
    "prek": "uv run --quiet prek install",
    "pre-commit": f"{sys.executable} -m pre_commit install",
}
OFFLINE = {"UV_OFFLINE": "1", "PIP_NO_INDEX": "1"}
FAILING = "\n\ndef test_fails() -> None:\n    assert not 1\n"
Shell = Callable[[str], str]


def committed(project: Path) -> Shell:
    """Commit a project with its lock; return what runs a command there and downloads nothing."""
    variables = commands.environment()
    environments.lock(project, variables)
    commit(project)
    offline = OFFLINE | environments.environment(project, variables)
    return lambda command: workflows.shell(project, command, offline)


@pytest.fixture(params=thorough_but(INSTALL, "prek"))
def shell(request: pytest.FixtureRequest, copy: Path) -> Iterator[Shell]:
    """Commands in the default project, committed, where either tool has installed the hooks."""
    shell = committed(copy)
    shell(INSTALL[request.param])
    hook = (copy / ".git/hooks/pre-commit").read_text("utf-8")
    assert request.param in hook
    yield shell
    environments.forget()  # A hook may have installed something.


def hook_name(project: Path, identifier: str) -> str:
    """Return how a hook is named on the screen."""
    settings = yaml.safe_load((project / CONFIG).read_text("utf-8"))
    hooks = {hook["id"]: hook for repo in settings["repos"] for hook in repo["hooks"]}
    name: str = hooks[identifier]["name"]
    return name


@pytest.mark.parametrize("shell", INSTALL, indirect=True)
def test_a_commit_is_checked(copy: Path, shell: Shell) -> None:
    """What can be fixed is fixed, what cannot is refused, and what is right is committed."""
    appending(CODE, "import os\nnumber: int = 1\nx = {  }\n")(copy)
    shell("git add .")
    with pytest.raises(CommandError, match="files were modified"):
        shell(COMMIT)
    assert (copy / CODE).read_text("utf-8").endswith("\nnumber: int = 1\nx = {}\n")

    replacing(CODE, "number: int = 1\nx = {}\n", 'number: int = ""\n')(copy)
    shell("git add .")
    with pytest.raises(CommandError, match="Incompatible types"):
        shell(COMMIT)

    replacing(CODE, 'number: int = ""\n', "number: int = 1\n")(copy)
    shell("git add .")
    shell(COMMIT)
    assert run(copy, "git", "log", "--oneline").count("\n") == 2


def test_a_commit_fixes_only_its_own_files(copy: Path, shell: Shell) -> None:
    """What git does not know, and the template's code, stay as they were."""
    mine, template = "src/my_project/draft.py", "tests/async_guard/plugin.py"
    appending(mine, "import os\nx={}\n")(copy)
    appending(template, "X  =  1\n")(copy)
    appending(CODE, "import os\n")(copy)
    before = {name: (copy / name).read_bytes() for name in (mine, template)}
    shell(f"git add {template} {CODE}")
    name = hook_name(copy, "ruff-check")
    with pytest.raises(CommandError, match=rf"{re.escape(name)}\.+Failed"):
        shell(COMMIT)
    assert {name: (copy / name).read_bytes() for name in (mine, template)} == before
    assert "import os" not in (copy / CODE).read_text("utf-8")


def test_a_stale_lock_fails_its_hook(copy: Path, shell: Shell) -> None:
    """No other hook fails, and the lock that it writes is all that is left to add."""
    replacing("pyproject.toml", '    "aiohttp>', '    "idna",\n    "aiohttp>')(copy)
    shell("git add .")
    name = hook_name(copy, "lock")
    with pytest.raises(CommandError, match=rf"{re.escape(name)}.*Failed") as caught:
        shell(COMMIT)
    assert str(caught.value).count("Failed") == 1
    assert run(copy, "git", "diff", "--name-only") == "uv.lock\n"
    shell(f"git add . && {COMMIT}")


@pytest.mark.thorough
def test_an_ignored_lock_is_not_asked_for(copy: Path, shell: Shell) -> None:
    """A project that commits no lock can be committed."""
    appending(".gitignore", "uv.lock\n")(copy)
    shell(f"git rm --quiet --force uv.lock && git add . && {COMMIT}")
    assert run(copy, "git", "ls-files", "uv.lock") == ""


def test_a_push_is_tested(copy: Path, shell: Shell, tmp_path: Path) -> None:
    """A commit may have a test that fails, a push may not; neither needs full coverage."""
    run(tmp_path, "git", "init", "--quiet", "--bare", "remote")
    push = f"git push --quiet {tmp_path / 'remote'} HEAD"
    appending(TESTS, FAILING)(copy)
    shell(f"git add . && {COMMIT}")
    with pytest.raises(CommandError, match="1 failed"):
        shell(push)
    replacing(TESTS, "assert not 1", "assert 1")(copy)
    UNTESTED(copy)
    shell(f"git add . && {COMMIT} && {push}")
    assert run(tmp_path / "remote", "git", "log", "--oneline").count("\n") == 3


BROKEN = {
    "F401": appending(CODE, "import os\n"),
    "would be reformatted": appending(CODE, "x = {  }\n"),
    "Incompatible types": appending(CODE, "\nnumber: int = ''\n"),
    "1 failed": appending(TESTS, FAILING),
}
UNTESTED = appending(CODE, "\n\ndef f() -> int:\n    return 1\n")


def test_one_command_runs_all_checks(copy: Path) -> None:
    """It finds every mistake, without git, and changes nothing."""
    for breaking in BROKEN.values():
        breaking(copy)
    code = (copy / CODE).read_bytes()
    with pytest.raises(CommandError) as caught:
        run(copy, "uv", "run", "--quiet", "poe", "check")
    said = str(caught.value)
    assert [match for match in BROKEN if match not in said] == []
    assert (copy / CODE).read_bytes() == code


@pytest.mark.thorough
@pytest.mark.parametrize("match", BROKEN)
def test_each_mistake_fails_the_checks(copy: Path, match: str) -> None:
    """Each alone."""
    BROKEN[match](copy)
    with pytest.raises(CommandError, match=match):
        run(copy, "uv", "run", "--quiet", "poe", "check")


def test_one_command_fixes_and_formats(copy: Path) -> None:
    """What ruff can fix, and the format; it fails for what is left."""
    appending(CODE, "import os\nx = {  }\n")(copy)
    run(copy, "uv", "run", "--quiet", "poe", "fix")
    assert (copy / CODE).read_text("utf-8").endswith("\nx = {}\n")
    appending(CODE, "x = {  }\ny\n")(copy)
    with pytest.raises(CommandError, match="F821"):
        run(copy, "uv", "run", "--quiet", "poe", "fix")
    assert (copy / CODE).read_text("utf-8").endswith("\nx = {}\ny\n")


def test_ci_runs_the_check_command(copy: Path) -> None:
    """There is no check that only CI has, except the coverage gate."""
    job, *_ = workflows.jobs(workflows.read(copy, "ci.yml"), "checks")
    assert [command for command, _ in job.steps] == ["uv sync", CHECK]
    environment = environments.environment(copy, commands.environment())
    UNTESTED(copy)
    workflows.shell(copy, CHECK, environment)
    _, variables = job.steps[-1]
    with pytest.raises(CommandError, match="Required test coverage"):
        workflows.shell(copy, CHECK, environment | variables)


def test_pages_and_hooks_name_the_check_command(project: Path) -> None:
    """One list has the checks: a commit runs some of them, a push all."""
    for page in ("AGENTS.md", "CONTRIBUTING.md", "README.md"):
        assert CHECK in (project / page).read_text("utf-8")
    settings = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))
    tasks = settings["tool"]["poe"]["groups"]["checks"]["tasks"]
    assert tasks["check"]["parallel"] == [
        "ruff check",
        "ruff format --diff",
        "mypy",
        "pytest",
    ]
    repositories = yaml.safe_load((project / CONFIG).read_text("utf-8"))["repos"]
    hooks = [hook for repository in repositories for hook in repository["hooks"]]
    assert {repository["repo"] for repository in repositories} == {"local"}
    assert {hook["language"] for hook in hooks} == {"system"}
    pushed = [hook for hook in hooks if "pre-push" in hook.get("stages", ["pre-push"])]
    assert [hook["entry"] for hook in pushed] == ["uv lock", CHECK]
    own = re.compile("^uv run | --(fix|force-exclude)")
    committed = [own.sub("", hook["entry"]) for hook in hooks if hook not in pushed]
    assert {
        f"{entry} --diff" if "format" in entry else entry for entry in committed
    } < {*tasks["check"]["parallel"]}
