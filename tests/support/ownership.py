"""Who owns which generated file, as the table in docs/maintaining/design.md says."""

import re
from typing import Any

from pathspec import PathSpec

from tests.support import ROOT
from tests.support.pages import codes, rows_of

OWNER = "the project's owner"
PAGE = ROOT / "docs/maintaining/design.md"


def owners() -> dict[str, str]:
    """Return the owner of each pattern in the table."""
    return {codes(path)[0]: owner for path, owner, _ in rows_of(PAGE, "path")}


def left_alone(settings: dict[str, Any]) -> list[str]:
    """Return the patterns of what an update leaves alone, from the settings in copier.yml."""
    (block,) = (one for one in settings["_exclude"] if "_copier_operation" in one)
    return re.findall(r'^(?:\{\{ ")?(/[^"\n]+)', block, re.MULTILINE)


def matches(pattern: str, path: str) -> bool:
    """Return whether a pattern of the table, or of `_exclude`, matches a path."""
    return PathSpec.from_lines("gitignore", [pattern]).match_file(path)


def owners_of(path: str) -> list[str]:
    """Return the owners of a path: exactly one, unless the table is wrong."""
    return [who for pattern, who in owners().items() if matches(f"/{pattern}", path)]
