"""resources: a test connects with aiosqlite and does not close the connection."""

import aiosqlite


async def test_mistake() -> None:
    connection = await aiosqlite.connect(":memory:")  # HERE
    assert await connection.execute_fetchall("SELECT 1") == [(1,)]


async def test_mended() -> None:
    async with aiosqlite.connect(":memory:") as connection:
        assert await connection.execute_fetchall("SELECT 1") == [(1,)]
