"""blocking: the package writes a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> int:
    return path.write_bytes(b"1")  # noqa: ASYNC240  # HERE


async def mended(path: Path) -> int:
    return await asyncio.to_thread(path.write_bytes, b"1")


# tests
from pathlib import Path

from my_project.path_write_bytes import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path / "user") == 1


async def test_mended(tmp_path: Path) -> None:
    assert await mended(tmp_path / "user") == 1
