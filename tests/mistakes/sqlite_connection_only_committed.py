"""resources: `with` commits to an SQLite database, but does not close it."""

import sqlite3
from contextlib import closing


async def test_mistake() -> None:
    with sqlite3.connect(":memory:") as connection:  # HERE
        connection.execute("CREATE TABLE users (name TEXT)")


async def test_mended() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, connection:
        connection.execute("CREATE TABLE users (name TEXT)")
