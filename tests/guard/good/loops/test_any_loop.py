"""The same tests on uvloop and on asyncio's own loop."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import aclosing

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from my_project import AsyncAPIClient, DatabaseConnection, map_concurrently
from my_project.well_behaved import (
    Background,
    Worker,
    countdown,
    fetch,
    stop,
    with_async_goodbye,
    with_goodbye,
)

LOOPBACK = "127.0.0.1"


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """Serve a greeting on the loop of the test."""

    async def hello(_request: web.Request) -> web.Response:
        return web.Response(text="hello")

    app = web.Application()
    app.router.add_get("/", hello)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


async def test_a_task_group() -> None:
    """The tasks are awaited."""
    assert await map_concurrently(fetch, [1, 2, 3], limit=2) == [1, 2, 3]


async def test_a_timeout() -> None:
    """The timeout fires, and is handled."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()


async def test_a_worker() -> None:
    """The worker is cancelled and awaited."""
    async with Worker() as worker:
        worker.queue.put_nowait(1)
        await worker.queue.join()
    assert worker.seen == [1]


async def test_fire_and_forget() -> None:
    """The tasks are awaited at the close."""
    background = Background()
    background.start(asyncio.sleep(0.01))
    await background.close()


async def test_a_task_is_stopped() -> None:
    """The task is cancelled and awaited."""
    task = asyncio.create_task(asyncio.Event().wait())
    await stop(task)
    assert task.cancelled()


async def test_generators() -> None:
    """One is run to its end, one is closed, one has nothing to clean up."""
    notes = list[str]()
    assert [number async for number in countdown(2)] == [2, 1]
    async with aclosing(with_async_goodbye(notes)) as numbers:
        assert await anext(numbers) == 0
    async for _ in with_goodbye(notes):
        break
    assert notes[0] == "goodbye"


async def test_threads() -> None:
    """The loop's own threads are ended by the loop."""
    assert await asyncio.to_thread(int, "3") == 3


async def test_a_server(site: str) -> None:
    """The session is closed before the server."""
    async with aiohttp.ClientSession() as session, session.get(site) as response:
        assert await response.text() == "hello"


async def test_the_package(client: AsyncAPIClient) -> None:
    """The package works on any loop."""
    assert await client.get_user(1) == {"id": 1}


async def test_a_database(database: DatabaseConnection) -> None:
    """The connection's thread ends with its fixture."""
    assert await database.execute("SELECT 1") == [(1,)]


async def test_streams() -> None:
    """Both ends are closed."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(echo, LOOPBACK, 0) as server:
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        writer.write(b"hello\n")
        assert await reader.read() == b"hello\n"
        writer.close()
        await writer.wait_closed()


async def test_a_program() -> None:
    """The program is waited for."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "print(1)", stdout=PIPE
    )
    output, _ = await process.communicate()
    assert output.strip() == b"1"


async def test_datagrams() -> None:
    """The endpoint sends to itself, and is closed."""
    received: asyncio.Queue[bytes] = asyncio.Queue()

    class Receiver(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: object) -> None:
            received.put_nowait(data)

    loop = asyncio.get_running_loop()
    endpoint, _ = await loop.create_datagram_endpoint(Receiver, (LOOPBACK, 0))
    endpoint.sendto(b"hello", endpoint.get_extra_info("sockname"))
    assert await received.get() == b"hello"
    endpoint.close()
