"""blocking: the package waits for the lock of a file, which another process may hold."""

import asyncio
import fcntl
from io import FileIO


async def mistaken(file: FileIO) -> None:
    fcntl.flock(file, fcntl.LOCK_EX)  # HERE
    fcntl.flock(file, fcntl.LOCK_UN)


async def mended(file: FileIO) -> None:
    await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
    fcntl.flock(file, fcntl.LOCK_UN)


# tests
from io import FileIO
from pathlib import Path

from my_project.file_locked_in_the_event_loop import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    with FileIO(tmp_path / "lock", "w") as file:
        await mistaken(file)


async def test_mended(tmp_path: Path) -> None:
    with FileIO(tmp_path / "lock", "w") as file:
        await mended(file)
