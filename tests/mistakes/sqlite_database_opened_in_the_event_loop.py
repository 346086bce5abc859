"""blocking: the package opens an SQLite database in the event loop."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path


def changes(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:  # HERE
        return connection.total_changes


async def mistaken(path: Path) -> int:
    return changes(path)


async def mended(path: Path) -> int:
    return await asyncio.to_thread(changes, path)


# tests
from pathlib import Path

from my_project.sqlite_database_opened_in_the_event_loop import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path / "new.db") == 0


async def test_mended(tmp_path: Path) -> None:
    assert await mended(tmp_path / "new.db") == 0
