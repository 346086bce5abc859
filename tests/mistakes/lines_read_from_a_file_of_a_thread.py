"""blocking: a thread opens a file, but the package reads its lines in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> list[str]:
    with await asyncio.to_thread(path.open) as file:
        return [line.strip() for line in file]  # HERE


async def mended(path: Path) -> list[str]:
    with await asyncio.to_thread(path.open) as file:
        return [line.strip() for line in await asyncio.to_thread(file.readlines)]


# tests
from pathlib import Path

from my_project.lines_read_from_a_file_of_a_thread import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mistaken(tmp_path / "users") == ["Ada", "Alan"]


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mended(tmp_path / "users") == ["Ada", "Alan"]
