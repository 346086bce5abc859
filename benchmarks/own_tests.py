"""How long this repository's tests take, and which commands take their CPU time."""

import json
import os
from collections import defaultdict
from pathlib import Path

import page
from ground import ROOT
from measuring import command, cpu, wall
from rows import HEADER, Row, table

SHARES = ("of the CPU time of these tests", "commands", "share")
OWN = "what the tests do themselves: render, update, compare"


def measure(folder: Path) -> str:
    """Run them once, and return two tables."""
    folder.mkdir()
    took: list[float] = []
    accounts = ("-p", "accounting", f"--accounts={folder}")
    run = command(ROOT, "uv", "run", "pytest", "-q", *accounts)
    used = cpu(lambda: took.append(wall(run)))
    files = [json.loads(file.read_text()) for file in folder.iterdir()]
    commands = [noted for file in files for noted in file]
    rows = [row.cells() for row in judged(took[0], used)]
    return "\n".join(
        [page.machine(1), table(HEADER, rows), table(SHARES, shares(commands, used))]
    )


def judged(took: float, used: float) -> list[Row]:
    """Return the rows of a run, of its time and of the CPU time of all its processes, in seconds."""
    cores = os.cpu_count() or 1
    least = used / cores
    return [
        Row(
            "this repository's tests, in one run",
            f"the CPU time of all their processes over {cores} cores",
            1.2,
            [took / least],
        ),
        Row("the same, in minutes", "none", 5, [took / 60], "min", 1),
        Row("and that floor, in minutes", "none", None, [least / 60], "min", 1),
    ]


def shares(commands: list[tuple[str, float]], used: float) -> list[tuple[str, ...]]:
    """Return the rows of what took that CPU time: kinds of commands, and what is no command."""
    spent = defaultdict[str, list[float]](list)
    for kind, seconds in commands:
        spent[kind].append(seconds)
    largest = sorted(spent.items(), key=lambda found: -sum(found[1]))
    own = used - sum(seconds for _, seconds in commands)
    return [
        *(
            (kind, f"{len(all_):,}", f"{sum(all_) / used:.0%}")
            for kind, all_ in largest
        ),
        (OWN, "", f"{own / used:.0%}"),
    ]
