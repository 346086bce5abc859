"""blocking: the package copies a file in the event loop."""

import asyncio
import shutil
from pathlib import Path


async def mistaken(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)  # HERE


async def mended(source: Path, target: Path) -> None:
    await asyncio.to_thread(shutil.copyfile, source, target)


# tests
from pathlib import Path

from my_project.file_copied_in_the_event_loop import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    await mistaken(tmp_path / "user", tmp_path / "copy")


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    await mended(tmp_path / "user", tmp_path / "copy")
