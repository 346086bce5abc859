"""Print the tables of docs/maintaining/comparison.md: what was measured of this template and others.

Run as `uv run --with cookiecutter --with copier-template-extensions
--with copier-templates-extensions python -m scripts.compare ADDRESS...`; `.` is this working tree. A
template may run code of its own when it is copied: read it first.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

import yaml
from packaging.version import VERSION_PATTERN, Version
from pathspec import PathSpec

from scripts import measures
from scripts.measures import call, files, lines, metadata
from tests.support import releases

TEXT = r'Says "hi" \o/'
README, DEPENDENCY = "# Mine\n", "attrs"
UPDATED_FROM = 5
MADE_UP = {"mail": "ada@a.example", "url": "https://github.com/ada/example"}


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
        """Return that there is no update that could keep them."""
        return "no updates"

    def updated(self, _project: Path) -> list[Path]:
        """Return the files that an update can change: none."""
        return []


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
        return measures.share(self.keeps(v, folder / v) for v in older[-UPDATED_FROM:])

    def updated(self, project: Path) -> list[Path]:
        """Return the files that an update can change: all that it does not skip or exclude."""
        skipped = list(self.questions.get("_skip_if_exists", []))
        for pattern in self.questions.get("_exclude", []):
            if "_copier_operation" in pattern:
                skipped += re.findall(r"^/.+$", pattern, re.MULTILINE)
        skip = PathSpec.from_lines("gitignore", skipped)
        return [
            file
            for file in files(project)
            if not skip.match_file(file.relative_to(project).as_posix())
        ]

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
    """Measure a template as its tool takes it: at the newest release, or at HEAD if it has none."""
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
        "async tests": measures.async_tests(project),
        "`asyncio_mode`": measures.asyncio_mode(project),
        "a description": description(template, folder / "described"),
        "actions pinned": measures.pinned_actions(project),
        "`permissions`": measures.permissions(project),
        "zizmor": measures.zizmor_findings(project),
        "edits kept": template.edits_kept(folder),
        "files": len(files(project)),
        "lines": lines(files(project)),
        "files updated": len(template.updated(project)),
        "lines updated": lines(template.updated(project)),
        "task runner": measures.task_runners(project),
        "actions updated by": measures.updater_of_actions(project),
        "docs by default": measures.docs_by_default(project),
    }


SECOND_TABLE = "files"
"""The first column of the second table, after the name of the template."""


def main() -> None:
    """Print the tables."""
    rows = []
    for source in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(source, Path(folder)))
    titles = list(rows[0])
    second = titles.index(SECOND_TABLE)
    for columns in (titles[:second], [titles[0], *titles[second:]]):
        table = [columns, ["---"] * len(columns)]
        table += [[str(row[title]) for title in columns] for row in rows]
        print("\n".join(f"| {' | '.join(cells)} |" for cells in table), end="\n\n")


if __name__ == "__main__":
    main()
