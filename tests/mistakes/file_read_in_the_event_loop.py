"""blocking: the package opens and reads a file in the event loop."""

import asyncio
from pathlib import Path


def read(path: Path) -> str:
    with open(path) as file:  # noqa: PTH123
        return file.read()  # HERE


async def mistaken(path: Path) -> str:
    return read(path)


async def mended(path: Path) -> str:
    return await asyncio.to_thread(read, path)


# tests
from pathlib import Path

from my_project.file_read_in_the_event_loop import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mistaken(tmp_path / "user") == "1"


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mended(tmp_path / "user") == "1"
