"""blocking: the package reads a file by its path in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> str:
    return path.read_text()  # noqa: ASYNC240  # HERE


async def mended(path: Path) -> str:
    return await asyncio.to_thread(path.read_text)


# tests
from pathlib import Path

from my_project.path_read_text import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mistaken(tmp_path / "user") == "1"


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mended(tmp_path / "user") == "1"
