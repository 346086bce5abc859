"""blocking: the package asks an SQLite database in the event loop."""

import asyncio
import sqlite3
from contextlib import closing


def count() -> int:
    with closing(sqlite3.connect(":memory:")) as connection:
        return int(connection.execute("SELECT 2").fetchone()[0])  # HERE


async def mistaken() -> int:
    return count()


async def mended() -> int:
    return await asyncio.to_thread(count)


# tests
from my_project.sqlite_query_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 2


async def test_mended() -> None:
    assert await mended() == 2
