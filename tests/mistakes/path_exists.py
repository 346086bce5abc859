"""blocking: the package asks the disk for a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> bool:
    return path.exists()  # noqa: ASYNC240  # HERE


async def mended(path: Path) -> bool:
    return await asyncio.to_thread(path.exists)


# tests
from pathlib import Path

from my_project.path_exists import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path)


async def test_mended(tmp_path: Path) -> None:
    assert await mended(tmp_path)
