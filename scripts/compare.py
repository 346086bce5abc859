"""Print the table of docs/comparison.md: what was measured of this template and of others.

Run as `uv run --with cookiecutter --with copier-template-extensions
--with copier-templates-extensions python -m scripts.compare ADDRESS...`; `.` is this working tree. A
template may run code of its own when it is copied: read it first.
"""

import ast
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from packaging.version import VERSION_PATTERN, Version

from tests.support import commands, releases

TEXT = r'Says "hi" \o/'
README, DEPENDENCY = "# Mine\n", "attrs"
UPDATED_FROM = 5
MADE_UP = {"mail": "ada@a.example", "url": "https://github.com/ada/example"}


def call(folder: Path, *command: str | Path) -> str:
    """Return what a command printed, without asking any question."""
    return subprocess.run(
        command,
        cwd=folder,
        env={**commands.environment(), "UV_PYTHON": ""},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout


class Cookiecutter:
    """A template of Cookiecutter's: each question has a default, and there are no updates."""

    file = "cookiecutter.json"

    def __init__(self, clone: Path, release: str) -> None:
        self.clone, self.release = clone, release
        call(clone, "git", "checkout", "--quiet", release)
        (settings,) = clone.glob(self.file)
        self.questions: dict[str, Any] = yaml.safe_load(settings.read_text("utf-8"))
        self.made_up: dict[str, str] = {}

    def make(self, folder: Path, **answers: str) -> Path:
        """Make a project in a folder, and return its own."""
        given = [f"{name}={text}" for name, text in answers.items()]
        to = ("--no-input", f"--output-dir={folder}", self.clone)
        call(self.clone, sys.executable, "-m", "cookiecutter", *to, *given)
        (project,) = folder.iterdir()
        return project

    def runs_code_of_its_own(self) -> str:
        """Return when the template runs code of its own while it is copied."""
        hooks = list(self.clone.glob("hooks/p*_*.*"))
        return "unasked" if hooks or "_extensions" in self.questions else "no"

    def edits_kept(self, _folder: Path) -> str:
        """Say that there is no update that could keep them."""
        return "no updates"


class Copier(Cookiecutter):
    """A template of Copier's."""

    file = "copier.y*ml"
    trust: tuple[str, ...] = ()

    def run(self, folder: Path, *words: str | Path) -> None:
        """Run Copier, and trust the template once Copier has refused to run it without."""
        command = (sys.executable, "-m", "copier", *words, "--defaults", "--quiet")
        try:
            call(folder, *command, *self.trust)
        except subprocess.CalledProcessError as error:
            if self.trust or error.returncode != 4:
                raise
            self.trust = ("--trust",)
            self.run(folder, *words)

    def make(self, folder: Path, **answers: str) -> Path:
        """Make a project; where an answer is required, make it up."""
        given = {**self.made_up, **answers}
        data = [f"--data={name}={text}" for name, text in given.items()]
        where = (f"--vcs-ref={self.release}", str(self.clone), folder)
        try:
            self.run(self.clone, "copy", *data, *where)
        except subprocess.CalledProcessError as error:
            required = re.search(r'Question "(\w+)" is required', error.stderr)
            if required is None or required[1] in given:
                raise
            self.made_up[required[1]] = self.answer(required[1])
            self.make(folder, **answers)
        return folder

    def answer(self, name: str) -> str:
        """Return the first choice, no, or a text that looks like what is asked for."""
        question = self.questions[name]
        choices = question.get("choices") or ["no"] * (question["type"] == "bool")
        for first in choices.values() if isinstance(choices, dict) else choices:
            return str(first["value"] if isinstance(first, dict) else first)
        return next((MADE_UP[part] for part in MADE_UP if part in name), "example")

    def runs_code_of_its_own(self) -> str:
        """Return when the template runs code of its own while it is copied."""
        return "once trusted" if self.trust else "no"

    def edits_kept(self, folder: Path) -> str:
        """Return how many updates, each from another release, keep the owner's edits."""
        older = [v for v in tags(self.clone) if Version(v) < Version(self.release)]
        return share(self.keeps(v, folder / v) for v in older[-UPDATED_FROM:])

    def keeps(self, old: str, project: Path) -> bool:
        """Return whether the owner's README and dependency stay, without conflict markers."""
        Copier(self.clone, old).make(project)
        (readme, *_) = sorted(project.glob("README*"))
        readme.write_text(README, "utf-8")
        call(project, "uv", "add", "--frozen", DEPENDENCY)
        releases.commit(project)
        self.run(project, "update", f"--vcs-ref={self.release}")
        return (
            call(project, "git", "ls-files", "--unmerged") == ""
            and readme.read_text("utf-8") == README
            and DEPENDENCY in metadata(project)["dependencies"]
        )


def tags(clone: Path) -> list[str]:
    """Return the releases of a template, the newest last, as Copier takes them."""
    form = re.compile(VERSION_PATTERN, re.VERBOSE | re.IGNORECASE)
    versions = filter(form.fullmatch, call(clone, "git", "tag").split())
    return sorted((v for v in versions if not Version(v).is_prerelease), key=Version)


def metadata(project: Path) -> dict[str, Any]:
    """Return what a project says of itself."""
    return dict(tomllib.loads(texts(project, "pyproject.toml")[0])["project"])


def texts(project: Path, *patterns: str) -> list[str]:
    """Return the texts of a project's files of these names."""
    return [f.read_text("utf-8") for one in patterns for f in project.glob(one)]


def share(found: Iterable[bool]) -> str:
    """Return how many there are, and for how many it is true."""
    all_ = list(found)
    return f"{sum(all_)} of {len(all_)}"


def async_tests(project: Path) -> int:
    """Count the async tests."""
    nodes = (n for text in texts(project, "**/*.py") for n in ast.walk(ast.parse(text)))
    found = (n.name for n in nodes if isinstance(n, ast.AsyncFunctionDef))
    return sum(name.startswith("test") for name in found)


def asyncio_mode(project: Path) -> str:
    """Return the mode of pytest-asyncio that is set."""
    settings = texts(project, "**/pytest.*", "*.toml", "tox.ini", "setup.cfg")
    modes = re.findall(r'^asyncio_mode *= *"?(\w+)', "\n".join(settings), re.MULTILINE)
    return modes[0] if modes else "not set"


def pinned_actions(project: Path) -> str:
    """Return how many actions are pinned to a commit, which cannot change."""
    form = re.compile(r"^[\s-]*uses:\s*[\"']?([^\s\"'#.][^\s\"'#]*)", re.MULTILINE)
    used = form.findall("\n".join(texts(project, ".github/**/*.y*ml")))
    return share(re.search(r"@[0-9a-f]{40}$", action) is not None for action in used)


def permissions(project: Path) -> str:
    """Return how many workflows set permissions at their top."""
    workflows = map(yaml.safe_load, texts(project, ".github/workflows/*.y*ml"))
    return share("permissions" in workflow for workflow in workflows)


def zizmor_findings(project: Path) -> int:
    """Count what zizmor, as it is without settings, finds to be easy to attack."""
    how = ("--offline", "--no-config", "--no-exit-codes", "--format=json")
    found = json.loads(call(project, "zizmor", *how, "."))
    return sum(not one["ignored"] for one in found)


def description(template: Cookiecutter, folder: Path) -> str:
    """Return what becomes of quotes and a backslash in a description."""
    asked = [name for name in template.questions if "description" in name]
    if not asked:
        return "not asked"
    project = template.make(folder, **{asked[0]: TEXT})
    try:
        return "kept" if metadata(project)["description"] == TEXT else "changed"
    except tomllib.TOMLDecodeError:
        return "breaks TOML"


def measure(source: str, folder: Path) -> dict[str, object]:
    """Measure a template, as its tool takes it: at the newest release, or where there is none."""
    clone, release = folder / "template", "HEAD"
    own = source == "."
    address = str(releases.make(folder / "releases")) if own else source
    call(folder, "git", "clone", "--quiet", address, clone)
    kind = Copier if list(clone.glob(Copier.file)) else Cookiecutter
    if kind is Copier and tags(clone):
        release = releases.WORKING_TREE if own else tags(clone)[-1]
    template = kind(clone, release)
    commit = call(clone, "git", "describe", "--tags", "--long", "--always").strip()
    project = template.make(folder / "example")
    return {
        "template": "copier-asyncio"
        if own
        else source.removeprefix("https://github.com/"),
        "commit": "this one" if own else commit,
        "runs code of its own": template.runs_code_of_its_own(),
        "answers it needs": len(template.made_up),
        "async tests": async_tests(project),
        "`asyncio_mode`": asyncio_mode(project),
        "a description": description(template, folder / "described"),
        "actions pinned": pinned_actions(project),
        "`permissions`": permissions(project),
        "zizmor": zizmor_findings(project),
        "edits kept": template.edits_kept(folder),
    }


def main() -> None:
    """Print the table."""
    for number, source in enumerate(sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            row = measure(source, Path(folder))
        lines = [row, ["---"] * len(row), row.values()][2 * bool(number) :]
        for cells in lines:
            print("|", " | ".join(map(str, cells)), "|", flush=True)


if __name__ == "__main__":
    main()
