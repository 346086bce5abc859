"""The templates that are compared: ours, one of a single static file, and one of the same files.

The last asks what ours asks and has every file that ours makes, letter for letter, but no tag: no
variable in a file, no default that is computed, no answer that is validated, no pattern that depends
on one. An update leaves the same files of it alone. What it costs is what Copier costs for so many
files and questions, and no template of them can beat it.
"""

import sys
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any, NamedTuple

import yaml
from ground import commands, ownership, releases

ANSWERS = "{{ _copier_conf.answers_file }}.jinja"
SETTINGS = "_subdirectory: template\n"
STORED = "{{ _copier_answers | to_nice_yaml }}"
COPIER = (sys.executable, "-m", "copier")
DEFAULTS = ("--defaults", "--quiet", "--vcs-ref")
OLD, NEW = releases.WORKING_TREE, releases.TOMORROW


class Templates(NamedTuple):
    """Repositories with two releases each."""

    ours: Path
    one_file: Path
    same_files: Path


def make(folder: Path) -> Templates:
    """Make all three."""
    ours = releases.make(folder / "ours")
    one_file, same_files = folder / "one-file", folder / "same-files"
    template = releases.Template(ours, folder / "made")
    for release in (OLD, NEW):
        static(one_file, release)
        (one_file / "template/README.md").write_text(f"# Release {release}\n")
        static(same_files, release)
        made = template.made(release)
        ignored = ignore_patterns(".copier-answers.yml")
        copytree(made, same_files / "template", ignore=ignored, dirs_exist_ok=True)
        settings = commands.run(ours, "git", "show", f"{release}:copier.yml")
        answers = (made / ".copier-answers.yml").read_text("utf-8")
        (same_files / "copier.yml").write_text(
            SETTINGS + without_tags(yaml.safe_load(settings), yaml.safe_load(answers))
        )
        for repository in (one_file, same_files):
            releases.commit(repository, release)
    for repository in (one_file, same_files):
        commands.run(repository, "git", "repack", "-a", "-d", "--quiet")
    return Templates(ours, one_file, same_files)


def static(repository: Path, release: str) -> None:
    """Begin a release of a template without questions; the file of answers is for updates."""
    (repository / "template").mkdir(parents=True, exist_ok=True)
    (repository / "copier.yml").write_text(SETTINGS)
    (repository / "template" / ANSWERS).write_text(f"# {release}\n{STORED}")


def without_tags(settings: dict[str, Any], answers: dict[str, Any]) -> str:
    """Return the settings of ours with all that is rendered for these answers put in its place."""
    left_alone = ownership.left_alone(settings)
    lines = ["{% if _copier_operation == 'update' %}", *left_alone, "{% endif %}"]
    questions = {
        name: {key: question[key] for key in ("type", "choices") if key in question}
        | {"default": answers.get(name, ""), "when": name in answers}
        for name, question in settings.items()
        if not name.startswith("_")
    }
    return yaml.safe_dump({"_exclude": ["\n".join(lines)]} | questions)


def copied(template: Path, project: Path, release: str = OLD) -> Path:
    """Make a project as `copier copy --defaults` does, and commit it."""
    project.parent.mkdir(exist_ok=True)
    commands.run(project.parent, *copying(template, project, release))
    releases.commit(project)
    return project


def copying(template: Path, project: Path, release: str) -> list[str]:
    """Return the command that makes a project."""
    return [*COPIER, "copy", *DEFAULTS, release, str(template), str(project)]


def updating(release: str) -> list[str]:
    """Return the command that updates a project."""
    return [*COPIER, "update", *DEFAULTS, release]
