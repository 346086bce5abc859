"""What holds where the database is PostgreSQL."""

import asyncio

from my_project import DatabaseConnection


async def test_tasks_have_connections_of_their_own(database_url: str) -> None:
    async with DatabaseConnection(database_url) as database:
        pids = await asyncio.gather(
            *(database.execute("SELECT pg_backend_pid()") for _ in range(5))
        )
        assert len({pid for ((pid,),) in pids}) > 1


async def test_a_transaction_has_one(database_url: str) -> None:
    pid = "SELECT pg_backend_pid()"
    async with (
        DatabaseConnection(database_url) as one,
        DatabaseConnection(database_url) as two,
    ):
        async with one.transaction(), two.transaction():
            first = await one.execute(pid)
            assert await two.execute(pid) != first
            assert await asyncio.wait_for(one.execute(pid), 5) == first
        async with asyncio.TaskGroup() as group:
            group.create_task(insert_nothing(one))
            group.create_task(insert_nothing(one))


async def insert_nothing(database: DatabaseConnection) -> None:
    async with database.transaction():
        await database.execute("SELECT 1")
