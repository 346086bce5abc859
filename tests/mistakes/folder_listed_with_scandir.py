"""blocking: the package lists a folder in the event loop."""

import asyncio
import os
from pathlib import Path


def names(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries]  # HERE


async def mistaken(folder: Path) -> list[str]:
    return names(folder)


async def mended(folder: Path) -> list[str]:
    return await asyncio.to_thread(names, folder)


# tests
from pathlib import Path

from my_project.folder_listed_with_scandir import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert await mistaken(tmp_path) == ["user"]


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert await mended(tmp_path) == ["user"]
