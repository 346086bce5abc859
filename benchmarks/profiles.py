"""Where the time of a copy and of an update goes, by cProfile."""

import pstats
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree, rmtree

from measuring import command
from rows import table
from templates import NEW, OLD, Templates, copied, copying, updating

COMPONENTS = (
    ("imports of modules", "importlib._bootstrap", "_find_and_load"),
    ("git: processes", "plumbum/commands/base.py", "run"),
    ("questions, their defaults and validators", "copier/_main.py", "_ask"),
    ("rendering paths and files", "copier/_main.py", "_render_template"),
    ("Jinja: templates compiled", "jinja2/environment.py", "compile"),
)
"""What is told of: its name, and the function that all of it goes through."""

TRIES = 3
HEADER = ("of the time that ours takes", "one static file", "the same files", "ours")


def profile(templates: Templates, folder: Path) -> str:
    """Return a table for a copy, and one for an update."""
    compared = (templates.one_file, templates.same_files, templates.ours)
    copies, updates = [], []
    for template in compared:
        project = folder / "profiled" / template.name
        start = copied(template, folder / "profiled-start" / template.name)

        def copy(template: Path = template, project: Path = project) -> pstats.Stats:
            rmtree(project, ignore_errors=True)
            return profiled(folder, copying(template, project, OLD))

        def update(start: Path = start, project: Path = project) -> pstats.Stats:
            rmtree(project, ignore_errors=True)
            copytree(start, project)
            return profiled(project, updating(NEW))

        copies.append(quickest(copy))
        updates.append(quickest(update))
    return "\n".join(
        f"{title}\n\n{table(HEADER, list(compare(stats)))}"
        for title, stats in (
            ("`copier copy --defaults`:", copies),
            ("`copier update`, a new release that changes every file:", updates),
        )
    )


def quickest(profiled: Callable[[], pstats.Stats]) -> pstats.Stats:
    """Return the profile of the run that was disturbed least."""
    return min((profiled() for _ in range(TRIES)), key=total)


def profiled(folder: Path, line: list[str]) -> pstats.Stats:
    """Return the profile of a command of Python's."""
    report = folder.parent / f"{folder.name}.profile"
    command(folder, sys.executable, "-m", "cProfile", "-o", report, *line[1:])()
    stats = pstats.Stats(str(report))
    report.unlink()
    return stats


def compare(profiles: list[pstats.Stats]) -> Iterator[tuple[str, ...]]:
    """Yield the rows: each component's calls, and its share of the whole time of the last profile."""
    whole = total(profiles[-1])
    for name, file, function in COMPONENTS:
        found = [spent(stats, file, function) for stats in profiles]
        yield name, *(f"{time / whole:.0%} ({calls:,})" for calls, time in found)
    yield "all", *(f"{total(stats) / whole:.0%}" for stats in profiles)


def total(stats: pstats.Stats) -> float:
    """Return the time of a whole profile, in seconds."""
    return float(stats.total_tt)  # type: ignore[attr-defined]


def spent(stats: pstats.Stats, file: str, function: str) -> tuple[int, float]:
    """Return how often a function was called, and the time in it and in what it calls.

    Raises LookupError where no function is called that: the other library has changed, then.
    """
    entries = [
        (calls, cumulative)
        for (path, _, name), (_, calls, _, cumulative, _) in stats.stats.items()  # type: ignore[attr-defined]
        if name == function and file in path.replace("\\", "/")
    ]
    if not entries:
        raise LookupError(f"no function {function} of {file} was called")
    return sum(calls for calls, _ in entries), max(time for _, time in entries)
