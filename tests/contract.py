"""The names and behaviours that people are taught, whatever the samples are built on.

A meta-test copies this module into a generated project and runs it there.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from pathlib import Path
from unittest.mock import AsyncMock, patch

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from my_project import (
    AsyncAPIClient,
    AsyncClient,
    DatabaseConnection,
    DatabaseError,
    async_stream,
)


@pytest.fixture
async def address() -> AsyncIterator[str]:
    """A server of this module's own, with user 1 only."""

    async def users(_: web.Request) -> web.Response:
        return web.json_response([{"id": 1}])

    async def user(_: web.Request) -> web.Response:
        return web.json_response({"id": 1})

    app = web.Application()
    app.add_routes([web.get("/users", users), web.get("/users/1", user)])
    async with TestServer(app) as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.mark.parametrize("end", ["", "/"])
async def test_async_client(address: str, end: str) -> None:
    client = AsyncClient(address + end)
    await client.connect()
    assert (await client.get("/users")).status == 200
    await client.disconnect()
    async with AsyncClient(base_url=address + end) as client:
        assert (await client.get("/users")).status == 200
        assert (await client.get("/nowhere")).status == 404


async def test_api_client_shares_a_session_or_opens_one(address: str) -> None:
    alone = AsyncAPIClient(base_url=address)
    async with AsyncAPIClient(address) as shared:
        for client in (alone, shared):
            user = await client.get_user(1)
            assert isinstance(user, Mapping)
            assert user["id"] == 1


async def test_api_client_takes_the_address_of_the_environment(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_PROJECT_BASE_URL", address)
    assert (await AsyncAPIClient().get_user(1))["id"] == 1


async def test_api_client_asks_this_machine_by_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MY_PROJECT_BASE_URL", raising=False)
    with patch("aiohttp.ClientSession.get") as get:
        get.return_value.__aenter__.return_value.json.return_value = {"id": 1}
        await AsyncAPIClient().get_user(1)
    (url,) = get.call_args.args
    assert url.startswith("http://localhost")
    assert url.endswith("/users/1")


@pytest.mark.parametrize("user_id", [0, -1])
async def test_an_id_below_one(user_id: int) -> None:
    with pytest.raises(ValueError, match=r"^Invalid user ID"):
        await AsyncAPIClient().get_user(user_id)


async def test_a_response_with_only_json_prepared_is_enough() -> None:
    response = AsyncMock()
    response.json.return_value = {"id": 1, "name": "Ada"}
    with patch("aiohttp.ClientSession.get") as get:
        get.return_value.__aenter__.return_value = response
        assert await AsyncAPIClient().get_user(1) == {"id": 1, "name": "Ada"}
        async with AsyncAPIClient() as client:
            assert await client.get_user(1) == {"id": 1, "name": "Ada"}


async def test_database(tmp_path: Path) -> None:
    async with DatabaseConnection() as database:
        assert await database.execute("SELECT 1") == [(1,)]
        assert await database.execute("SELECT ?, ?", ("it's", 2)) == [("it's", 2)]
        with pytest.raises(DatabaseError):
            await database.execute("SELECT ?", (2**70,))

    async with DatabaseConnection(path=tmp_path / "a.db") as database:
        await database.execute("CREATE TABLE t (x)")
        async with database.transaction():
            await database.execute("INSERT INTO t VALUES (1)")
        with pytest.raises(ZeroDivisionError):
            await insert_and_fail(database)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await insert_and_wait(database)
        assert await database.execute("SELECT x FROM t") == [(1,)]


async def insert_and_fail(database: DatabaseConnection) -> None:
    async with database.transaction():
        await database.execute("INSERT INTO t VALUES (2)")
        raise ZeroDivisionError


async def insert_and_wait(database: DatabaseConnection) -> None:
    async with database.transaction():
        await database.execute("INSERT INTO t VALUES (3)")
        await asyncio.Event().wait()


async def test_stream() -> None:
    values = []
    async for value in async_stream():
        values.append(value)
        if len(values) == 3:
            break
    assert len(values) == 3
    async with aclosing(async_stream()) as stream:
        await anext(stream)
