"""coroutines: a test begins no transaction: it only makes what would."""

import pytest
from my_project import DatabaseConnection, DatabaseError


async def test_mistake(database: DatabaseConnection) -> None:
    await database.execute("CREATE TABLE numbers (value INTEGER)")
    database.transaction()  # HERE
    await database.execute("INSERT INTO numbers VALUES (1)")


async def test_mended(database: DatabaseConnection) -> None:
    with pytest.raises(DatabaseError):
        async with database.transaction():
            await database.execute("INSERT INTO numbers VALUES (1)")
