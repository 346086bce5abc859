"""resources: a test opens an SQLite database and does not close it."""

import sqlite3
from contextlib import closing


async def test_mistake() -> None:
    connection = sqlite3.connect(":memory:")  # HERE
    assert connection.execute("SELECT 1").fetchone() == (1,)


async def test_mended() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
