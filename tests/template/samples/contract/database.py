"""What people are taught of the database connection, whatever database it is to.

A meta-test copies this module into a generated project and runs it there.
"""

import asyncio
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from my_project import DatabaseConnection, DatabaseError

ON_POSTGRESQL = find_spec("asyncpg") is not None


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """Where a database of the test's own is."""
    if ON_POSTGRESQL:
        return request.getfixturevalue("database_url")
    return tmp_path / "a.db"


async def test_the_default_database(
    place: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if ON_POSTGRESQL:
        monkeypatch.setenv("DATABASE_URL", place)
    async with DatabaseConnection() as database:
        assert await database.execute("SELECT 1") == [(1,)]
        assert await database.execute("CREATE TABLE t (x INTEGER)") == []


async def test_parameters(place: Any) -> None:
    async with DatabaseConnection(place) as database:
        sql = "SELECT $1::text, $2::integer" if ON_POSTGRESQL else "SELECT ?, ?"
        assert await database.execute(sql, ("it's", 2)) == [("it's", 2)]
        with pytest.raises(DatabaseError):
            await database.execute(sql, ("it's", 2**70))
        with pytest.raises(DatabaseError):
            await database.execute(sql, ("it's",))
        assert await database.execute("SELECT 1") == [(1,)]


async def insert_and_fail(database: DatabaseConnection, error: Exception) -> None:
    async with database.transaction():
        await database.execute("INSERT INTO t VALUES (2)")
        raise error


async def insert_and_wait(database: DatabaseConnection) -> None:
    async with database.transaction():
        await database.execute("INSERT INTO t VALUES (3)")
        await asyncio.Event().wait()


async def test_transactions(place: Any) -> None:
    async with DatabaseConnection(place) as database:
        await database.execute("CREATE TABLE t (x INTEGER)")
        async with database.transaction():
            await database.execute("INSERT INTO t VALUES (1)")
        for error in (ZeroDivisionError(), ValueError("x"), OSError("x")):
            with pytest.raises(type(error)) as caught:
                await insert_and_fail(database, error)
            assert caught.value is error
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await insert_and_wait(database)
        assert await database.execute("SELECT x FROM t") == [(1,)]


async def test_one_more_statement_after_a_mistake(place: Any) -> None:
    async with DatabaseConnection(place) as database:
        with pytest.raises(DatabaseError):
            async with database.transaction():
                await database.execute("SELECT * FROM nowhere")
        with pytest.raises(DatabaseError):
            await database.execute("COMMIT NONSENSE")
        assert await database.execute("SELECT 1") == [(1,)]


async def work(place: Any) -> None:
    async with DatabaseConnection(place) as database:
        async with database.transaction():
            await database.execute("INSERT INTO t VALUES (1)")
            await database.execute("INSERT INTO t VALUES (2)")
        await database.execute("SELECT 1")


async def test_a_cancellation_anywhere_leaves_nothing_open(place: Any) -> None:
    """Whatever it waits for then: what is in the database is nothing, or all of it."""
    async with DatabaseConnection(place) as database:
        await database.execute("CREATE TABLE t (x INTEGER)")
        counts = set()
        for rounds in (*range(60), 100, 200, 400, 800, 1600):
            task = asyncio.create_task(work(place))
            for _ in range(rounds):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
            if ON_POSTGRESQL:
                await no_other_connection(database)
            counts |= {*await database.execute("SELECT count(*) FROM t")}
            await database.execute("DELETE FROM t")
        assert counts <= {(0,), (2,)}
        assert (0,) in counts


async def no_other_connection(database: DatabaseConnection) -> None:
    """Wait until the server knows of one connection only; the guard bounds that."""
    count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    while await database.execute(count) != [(1,)]:
        pass  # Each look at it takes its time.
