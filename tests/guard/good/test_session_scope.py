"""One loop for the session, and fixtures that live as long."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import aiosqlite
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer
from my_project.well_behaved import Worker

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def beats() -> AsyncIterator[list[int]]:
    """Count in a task for the whole session."""
    counted = list[int]()

    async def beat() -> None:
        while True:
            counted.append(len(counted))
            await asyncio.sleep(0.001)

    task = asyncio.create_task(beat())
    yield counted
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def site() -> AsyncIterator[BaseTestServer]:
    """Serve for the whole session."""

    async def hello(_request: web.Request) -> web.Response:
        return web.Response(text="hello")

    app = web.Application()
    app.router.add_get("/", hello)
    async with TestServer(app) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_session() -> AsyncIterator[aiohttp.ClientSession]:
    """Share connections between the tests of the session."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def connection(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[aiosqlite.Connection]:
    """Share a connection to a database."""
    path = tmp_path_factory.mktemp("shared") / "test.db"
    async with aiosqlite.connect(path) as connection:
        await connection.execute("CREATE TABLE IF NOT EXISTS numbers (number INTEGER)")
        yield connection


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_worker() -> AsyncIterator[Worker]:
    """Run the package's worker for the whole session."""
    async with Worker() as worker:
        yield worker


Connecting = Callable[[], Awaitable[aiosqlite.Connection]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def connecting(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Connecting]:
    """Open the one connection of a pool when a test first asks for it."""
    path: Path = tmp_path_factory.mktemp("pool") / "test.db"
    async with contextlib.AsyncExitStack() as stack:
        opened = list[aiosqlite.Connection]()

        async def connect() -> aiosqlite.Connection:
            if not opened:
                opening = aiosqlite.connect(path)
                opened.append(await stack.enter_async_context(opening))
            return opened[0]

        yield connect


@pytest.mark.parametrize("number", range(3))
async def test_a_task_for_the_session(beats: list[int], number: int) -> None:
    """The task goes on between the tests, and none of them is to blame."""
    before = len(beats)
    await asyncio.sleep(0.02)
    assert len(beats) > before, number


@pytest.mark.parametrize("number", range(3))
async def test_a_server_for_the_session(
    site: BaseTestServer, shared_session: aiohttp.ClientSession, number: int
) -> None:
    """A connection is kept alive from test to test."""
    async with shared_session.get(site.make_url("/")) as response:
        assert await response.text() == "hello", number


@pytest.mark.parametrize("number", range(3))
async def test_a_connection_for_the_session(
    connection: aiosqlite.Connection, number: int
) -> None:
    """The connection and its thread live on."""
    await connection.execute("INSERT INTO numbers VALUES (?)", (number,))
    async with connection.execute("SELECT COUNT(*) FROM numbers") as cursor:
        assert await cursor.fetchone() is not None


@pytest.mark.parametrize("number", range(3))
async def test_a_worker_for_the_session(shared_worker: Worker, number: int) -> None:
    """The package's task lives on."""
    shared_worker.queue.put_nowait(number)
    await shared_worker.queue.join()
    assert number in shared_worker.seen


@pytest.mark.parametrize("number", range(3))
async def test_a_pool_that_grows_in_a_test(connecting: Connecting, number: int) -> None:
    """The session's fixture closes what its pool opened for a test."""
    connection = await connecting()
    async with connection.execute("SELECT ?", (number,)) as cursor:
        assert await cursor.fetchone() == (number,)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def taken(connecting: Connecting) -> aiosqlite.Connection:
    """Take the connection of the pool, which may be opened here."""
    return await connecting()


@pytest.mark.parametrize("number", range(2))
async def test_a_pool_that_grows_in_a_fixture(
    taken: aiosqlite.Connection, number: int
) -> None:
    """It is not this fixture's to close, and is closed by the session's."""
    async with taken.execute("SELECT ?", (number,)) as cursor:
        assert await cursor.fetchone() == (number,)


async def test_threads_of_the_sessions_loop() -> None:
    """The loop's own threads live as long as the loop."""
    assert await asyncio.to_thread(int, "3") == 3


async def test_a_generator_left_on_the_sessions_loop() -> None:
    """There is nothing to clean up, now or later."""

    async def numbers() -> AsyncIterator[int]:
        yield 1
        yield 2

    async for number in numbers():
        assert number == 1
        break
