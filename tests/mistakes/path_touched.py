"""blocking: the package makes a file, and says when it was changed, in the event loop."""

import asyncio
from pathlib import Path


def touch(path: Path) -> None:
    path.touch()  # HERE


async def mistaken(path: Path) -> None:
    touch(path)


async def mended(path: Path) -> None:
    await asyncio.to_thread(touch, path)


# tests
from pathlib import Path

from my_project.path_touched import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    await mistaken(tmp_path / "new")
    assert (tmp_path / "new").exists()


async def test_mended(tmp_path: Path) -> None:
    await mended(tmp_path / "new")
    assert (tmp_path / "new").exists()
