"""The rows of `copier copy` and `copier update`, and how much of each is ours and not Copier's."""

from collections.abc import Sequence
from pathlib import Path
from shutil import copytree, rmtree

from measuring import Measured, command, in_turns, over, wall
from rows import Row
from templates import NEW, OLD, Templates, copied, copying, updating

ONE_FILE = "the same with a template of one static file"
COPY_GOAL = 1.15
UPDATE_GOAL = 1.3
UPDATES = {
    OLD: "`copier update`, nothing new",
    NEW: "`copier update`, a new release that changes every file",
}


def copy_rows(templates: Templates, folder: Path, rounds: int) -> list[Row]:
    """Measure a copy."""

    def timed(template: Path) -> Measured:
        project = folder / "copy" / template.name
        project.parent.mkdir(exist_ok=True)

        def measured() -> float:
            rmtree(project, ignore_errors=True)
            return wall(command(folder, *copying(template, project, OLD)))

        return measured

    times = in_turns(rounds, *map(timed, templates))
    return compared("`copier copy --defaults`", ONE_FILE, COPY_GOAL, times)


def update_rows(templates: Templates, folder: Path, rounds: int) -> list[Row]:
    """Measure an update with nothing new, and one with a new release."""
    starts = {one: copied(one, folder / "start" / one.name) for one in templates}

    def timed(template: Path, release: str) -> Measured:
        project = folder / "update" / template.name

        def measured() -> float:
            rmtree(project, ignore_errors=True)
            copytree(starts[template], project)
            return wall(command(project, *updating(release)))

        return measured

    return [
        row
        for release, what in UPDATES.items()
        for row in compared(
            what,
            ONE_FILE,
            UPDATE_GOAL,
            in_turns(rounds, *(timed(template, release) for template in templates)),
        )
    ]


def compared(
    what: str, floor: str, goal: float, times: Sequence[Sequence[float]]
) -> list[Row]:
    """Compare what each template took, in their order, and tell how much of ours is not Copier's."""
    ours, least, same_files = times
    alone = [f + mine - s for mine, f, s in zip(ours, least, same_files, strict=True)]
    return [
        Row(what, floor, goal, over(ours, least)),
        Row(
            "of that, what is ours: the floor, and what ours takes longer than the same without a tag",
            floor,
            goal,
            over(alone, least),
        ),
        Row(
            "and what is Copier's: the same files and questions, without a tag",
            floor,
            None,
            over(same_files, least),
        ),
    ]
