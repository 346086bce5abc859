"""resources: an object that outlives the test keeps its file open."""

from pathlib import Path
from typing import TextIO

KEPT: list[TextIO] = []


async def test_mistake(tmp_path: Path) -> None:
    KEPT.append((tmp_path / "log").open("w"))  # HERE
    assert KEPT[-1].writable()


async def test_mended(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as log:
        KEPT.append(log)
        assert KEPT[-1].writable()
