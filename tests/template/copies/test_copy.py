"""`copier copy`, as a command: trust, the message, and folders that are not empty."""

import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace

import pytest
import yaml
from copier import run_copy
from copier.errors import UnsafeTemplateError
from jinja2 import Environment

from tests.support import checks
from tests.support.changes import append
from tests.support.commands import CommandError
from tests.support.projects import SETTINGS, Run

Copy = Callable[..., str]


@pytest.fixture
def copier_copy(copier_template: Path, run: Run) -> Copy:
    """Run `copier copy --defaults` in a folder, and return what it prints."""

    def copier_copy(folder: Path, destination: str, *options: str) -> str:
        command = (sys.executable, "-m", "copier", "copy", "--defaults", *options)
        return run(folder, *command, copier_template, destination)

    return copier_copy


def next_steps(printed: str) -> list[str]:
    """Return the lines of the message after a copy."""
    message = printed[printed.index(" is ready. Next:") :]
    return message.strip().splitlines()


def test_the_steps_of_the_message_work(
    copier_copy: Copy, run: Run, tmp_path: Path
) -> None:
    """Typed as they stand, they test the project and commit it."""
    folder = "with space & 'quote'"
    lines = next_steps(copier_copy(tmp_path, folder))
    steps = [line.strip() for line in lines[1:] if line.startswith("  ")]
    assert [" ".join(step.split()[:3]) for step in steps[1:]] == [
        "uv run pytest",
        "git init -b",
        "uv run prek",
        "git add .",
        "git commit -m",
    ]
    project = tmp_path / folder
    printed = run(tmp_path, "bash", "-e", "-c", "\n".join(steps))
    assert " passed" in printed
    assert run(project, "git", "status", "--porcelain") == ""
    assert "uv.lock" in run(project, "git", "ls-files")


@pytest.mark.parametrize(
    ("answers", "remote"),
    [
        (["github_user=ada"], "https://github.com/ada/new.git"),
        (["repository_provider=gitlab", "gitlab_user=a/b"], "https://gitlab.com/a/b/new.git"),
        (["repository_provider=none"], None),
    ],
)  # fmt: skip
def test_the_message_names_the_remote_of_the_answers(
    copier_copy: Copy, tmp_path: Path, answers: list[str], remote: str | None
) -> None:
    """Without a user there is no address, and none is invented."""
    data = (f"--data={answer}" for answer in answers)
    lines = next_steps(copier_copy(tmp_path, "new", *data))
    last = [f"  git remote add origin {remote}", "  git push -u origin main"]
    assert [line for line in lines if "origin" in line] == (last if remote else [])


def test_the_message_stands_out(copier_copy: Copy, tmp_path: Path) -> None:
    """A rule separates it from the list of files, and no line is wrapped at 80 columns."""
    printed = copier_copy(tmp_path, "new", "--data=github_user=ada").splitlines()
    (rule,) = (number for number, line in enumerate(printed) if set(line) == {"-"})
    assert "new is ready. Next:" in printed[rule + 1]
    assert [line for line in printed[rule:] if len(line) > 79] == []


@pytest.mark.parametrize(
    ("system", "quoted"), [("windows", '"a b"'), ("linux", "'a b'")]
)
def test_the_messages_fit_the_system(
    jinja: Environment, system: str, quoted: str
) -> None:
    """PowerShell and the Command Prompt know double quotes; an update there needs UTF-8 mode."""
    answers = (
        "adopting",
        "database",
        "github_user",
        "http_client",
        "repository_provider",
    )
    context = dict.fromkeys(answers, "") | {
        "_copier_answers": {"_src_path": "a b"},
        "_copier_conf": SimpleNamespace(
            dst_path="a b", os=system, answers_file="a.yml"
        ),
        "project_name": "a-b",
    }
    copied = jinja.get_template("includes/after_copy.jinja").render(context)
    assert f"\n  cd {quoted}\n" in copied
    updated = jinja.from_string(SETTINGS["_message_after_update"]).render(context)
    assert f"--data-file a.yml {quoted} ../a-b-new\n" in updated
    assert ("PYTHONUTF8=1" in updated) == (system == "windows")


def test_the_message_starts_no_second_repository(
    copier_copy: Copy, tmp_path: Path, run: Run
) -> None:
    """In a repository, it names the command that shows what is new, and no other remote."""
    run(tmp_path, "git", "init", "--quiet")
    lines = next_steps(copier_copy(tmp_path, ".", "--data=github_user=ada"))
    steps = [line.split()[:2] for line in lines if line.startswith("  git")]
    assert steps == [["git", "status"], ["git", "add"], ["git", "commit"]]


def test_no_trust_is_needed(copier_template: Path) -> None:
    """Nothing in the settings makes Copier ask for --trust, on copy or on update."""
    settings = yaml.safe_load((copier_template / "copier.yml").read_text("utf-8"))
    assert {"_tasks", "_jinja_extensions", "_migrations"}.isdisjoint(settings)
    assert settings["_envops"]["undefined"] == "jinja2.StrictUndefined"


def test_a_template_that_needs_trust_is_refused(tmp_path: Path) -> None:
    """The call that `render` makes never trusts: with a task in the template it fails."""
    (tmp_path / "copier.yml").write_text("_tasks: [echo]\n", "utf-8")
    with pytest.raises(UnsafeTemplateError):
        run_copy(str(tmp_path), tmp_path / "new", data={}, defaults=True, quiet=True)


def test_an_undefined_name_stops_the_copy(
    copier_template: Path, tmp_path: Path, run: Run
) -> None:
    """After a misspelt variable in the template, nothing is left behind."""
    template = tmp_path / "template"
    copytree(copier_template, template, ignore=lambda *_: {".git"})
    (template / "template/NEW.md.jinja").write_text("{{ projectname }}\n", "utf-8")
    command = (sys.executable, "-m", "copier", "copy", "--defaults", template, "new")
    with pytest.raises(CommandError, match="'projectname' is undefined"):
        run(tmp_path, *command)
    assert not (tmp_path / "new").exists()


def test_existing_files_are_not_overwritten(copier_copy: Copy, tmp_path: Path) -> None:
    """Without a terminal to ask at, the command fails and every file is as it was."""
    own = {"README.md": "mine\n", "notes.txt": "mine\n"}
    for name, text in own.items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(CommandError, match="overwrite"):
        copier_copy(tmp_path, ".")
    assert {name: (tmp_path / name).read_text("utf-8") for name in own} == own


@pytest.mark.parametrize("name", ["pyproject.toml", "setup.py", "setup.cfg"])
def test_an_existing_package_is_not_overwritten(
    copier_copy: Copy, tmp_path: Path, name: str
) -> None:
    """Not even by `--overwrite`, and it gets neither code nor tests nor a second pyproject.toml."""
    own = [name, "LICENSE", "README.md", ".gitignore", ".github/workflows/ci.yml"]
    for file in own:
        append(tmp_path / file, "mine = 1\n")
    copier_copy(tmp_path, ".", "--overwrite")
    assert {(tmp_path / file).read_text("utf-8") for file in own} == {"mine = 1\n"}
    assert "pyproject.additions.toml" in checks.files(tmp_path)
    owners = (
        "src/",
        "tests/test_",
        "tests/conftest.py",
        "CHANGELOG.md",
        "pyproject.toml",
    )
    assert [
        f for f in checks.files(tmp_path) if f.startswith(owners) and f != name
    ] == []


def test_other_files_are_kept(copier_copy: Copy, tmp_path: Path) -> None:
    """A file that the template does not have stays as it is."""
    (tmp_path / "notes.txt").write_text("mine\n", "utf-8")
    copier_copy(tmp_path, ".")
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine\n"
    assert checks.files(tmp_path) >= {"notes.txt", "pyproject.toml"}
