"""What the guard's own settings say, read from the template."""

import runpy

from tests.support import ROOT

FOLDER = ROOT / "template/tests/async_guard"
_SETTINGS = runpy.run_path(str(FOLDER / "settings.py"))
CHECKS: tuple[str, ...] = _SETTINGS["CHECKS"]
REMOVED: list[str] = sorted(_SETTINGS["REMOVED"])
"""Checks of older releases."""
