"""blocking: the package loops over the lines of a file in the event loop."""

import asyncio
from pathlib import Path


def names(path: Path) -> list[str]:
    with path.open() as file:  # HERE
        return [line.strip() for line in file]


async def mistaken(path: Path) -> list[str]:
    return names(path)


async def mended(path: Path) -> list[str]:
    return await asyncio.to_thread(names, path)


# tests
from pathlib import Path

from my_project.file_read_line_by_line import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mistaken(tmp_path / "users") == ["Ada", "Alan"]


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mended(tmp_path / "users") == ["Ada", "Alan"]
