"""How the times grow: of renders, of the guard with tests and with objects, of an update with files.

Run as `uv run --group benchmarks python benchmarks/growth.py`: it measures all curves, writes the
table of docs/speed.md, and draws docs/growth.svg. With the names of some curves it measures those,
and only prints them.
"""

import argparse
import tempfile
from pathlib import Path

import page
from curves import CURVES, Ground, measure
from ground import ROOT
from growing import HEADER
from plot import draw
from rows import table

ROUNDS = 3
PLOT = ROOT / "docs/growth.svg"


def main() -> None:
    """Measure, print, draw, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("curves", nargs="*", help=f"of: {', '.join(CURVES)}")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--scale", type=float, default=1, help="of the sizes")
    parser.add_argument("--page", type=Path, default=page.PAGE)
    parser.add_argument("--plot", type=Path, default=PLOT)
    given = parser.parse_args()
    if not given.curves and given.page == page.PAGE and given.rounds < ROUNDS:
        parser.error(f"the page takes {ROUNDS} rounds or more: give another --page")
    if unknown := set(given.curves) - CURVES.keys():
        parser.error(f"no such curves: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        on = Ground(Path(folder))
        curves = [
            measure(on, name, given.scale, given.rounds)
            for name in given.curves or CURVES
        ]
    found = table(HEADER, [curve.cells() for curve in curves])
    print(found)
    if not given.curves:
        page.fill(given.page, "growth", f"{page.machine(given.rounds)}\n{found}")
        draw(curves, given.plot)


if __name__ == "__main__":
    main()
