"""Draws how the times grow, the same way for the same numbers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("svg")
from growing import Curve
from matplotlib import pyplot

SETTINGS: Any = {"svg.hashsalt": "growth", "svg.fonttype": "none", "font.size": 9}
SAVED = {"Date": None, "Creator": None}


def draw(curves: Sequence[Curve], to: Path) -> None:
    """Draw each curve's medians with their spread, and the line that the last is judged by."""
    with matplotlib.rc_context(SETTINGS):
        figure, panels = pyplot.subplots(
            1, len(curves), figsize=(2.6 * len(curves), 2.4), layout="constrained"
        )
        for panel, curve in zip(panels, curves, strict=True):
            slope, intercept = curve.line
            ends = [0, curve.sizes[-1]]
            panel.plot(ends, [slope * end + intercept for end in ends], color="0.7")
            panel.errorbar(
                curve.sizes, curve.medians, yerr=curve.spread, fmt="o", markersize=4
            )
            panel.set_title(curve.what, fontsize=9)
            panel.set_xlabel(curve.against)
            panel.set_xlim(left=0)
            highest = max(map(sum, zip(curve.medians, curve.spread[1], strict=True)))
            panel.set_ylim(0, 1.1 * max(highest, slope * ends[1] + intercept))
            panel.ticklabel_format(style="plain")
            panel.locator_params(axis="x", nbins=4)
        panels[0].set_ylabel("times the smallest")
        figure.savefig(to, metadata=SAVED)
        pyplot.close(figure)
