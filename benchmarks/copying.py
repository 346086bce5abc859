"""The rows of `copier copy` and `copier update`, and how much of each is ours and not Copier's."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree, rmtree

from measuring import command, in_turns, over, wall
from rows import Row
from templates import NEW, OLD, Templates, copied, copying, updating

ONE_FILE = "the same with a template of one static file"
COPY_GOAL = 1.15
UPDATE_GOAL = 1.3


def copy_rows(templates: Templates, folder: Path, rounds: int) -> list[Row]:
    """Measure a copy."""

    def timed(template: Path) -> Callable[[], float]:
        project = folder / "copy" / template.name
        project.parent.mkdir(exist_ok=True)

        def measured() -> float:
            rmtree(project, ignore_errors=True)
            return wall(command(folder, *copying(template, project, OLD)))

        return measured

    return compared("`copier copy --defaults`", COPY_GOAL, templates, timed, rounds)


def update_rows(templates: Templates, folder: Path, rounds: int) -> list[Row]:
    """Measure an update with nothing new, and one with a new release."""
    starts = {
        template: copied(template, folder / "start" / template.name)
        for template in (templates.ours, templates.one_file, templates.same_files)
    }

    def to(release: str) -> Callable[[Path], Callable[[], float]]:
        def timed(template: Path) -> Callable[[], float]:
            project = folder / "update" / template.name

            def measured() -> float:
                rmtree(project, ignore_errors=True)
                copytree(starts[template], project)
                return wall(command(project, *updating(release)))

            return measured

        return timed

    return [
        *compared(
            "`copier update`, nothing new", UPDATE_GOAL, templates, to(OLD), rounds
        ),
        *compared(
            "`copier update`, a new release that changes every file",
            UPDATE_GOAL,
            templates,
            to(NEW),
            rounds,
        ),
    ]


def compared(
    what: str,
    goal: float,
    templates: Templates,
    timed: Callable[[Path], Callable[[], float]],
    rounds: int,
) -> list[Row]:
    """Measure ours against the floor and, since Copier takes time for each file, the part that is ours."""
    ours, floor, same_files = in_turns(
        rounds,
        timed(templates.ours),
        timed(templates.one_file),
        timed(templates.same_files),
    )
    alone = [f + mine - s for mine, f, s in zip(ours, floor, same_files, strict=True)]
    return [
        Row(what, ONE_FILE, goal, over(ours, floor)),
        Row(
            "of that, what is ours: the floor, and what ours takes longer than the same without a tag",
            ONE_FILE,
            goal,
            over(alone, floor),
        ),
        Row(
            "and what is Copier's: the same files and questions, without a tag",
            ONE_FILE,
            None,
            over(same_files, floor),
        ),
    ]
