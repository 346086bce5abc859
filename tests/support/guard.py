"""What the guard's own settings say, read from the template."""

import ast

from tests.support import ROOT

FOLDER = ROOT / "template/tests/async_guard"
_CONSTANTS = {
    node.targets[0].id: node.value
    for node in ast.parse((FOLDER / "plugin.py").read_text("utf-8")).body
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
}
CHECKS: tuple[str, ...] = ast.literal_eval(_CONSTANTS["CHECKS"])
REMOVED: list[str] = sorted(ast.literal_eval(_CONSTANTS["REMOVED"]))
"""Checks of older releases."""
