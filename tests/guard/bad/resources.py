# mistake: aiohttp_response_not_released

"""A response is dropped before its body was read, and holds its connection."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=bytes(10_000_000))

    app = web.Application()
    app.router.add_get("/", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


async def test_mistake(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        response = await session.get(url)  # HERE
        assert response.ok
        del response


async def test_fixed(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.ok


# mistake: aiohttp_server_left_running

"""A test starts a web server of aiohttp and does not stop it."""

from aiohttp import web


async def test_mistake() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()  # HERE
    assert runner.addresses


async def test_fixed() -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    assert runner.addresses
    await runner.cleanup()


# mistake: aiohttp_session_left_open

"""A test opens a session of aiohttp and does not close it."""

import aiohttp


async def test_mistake(base_url: str) -> None:
    session = aiohttp.ClientSession()  # HERE
    async with session.get(f"{base_url}users/1") as response:
        assert response.ok


async def test_fixed(base_url: str) -> None:
    url = f"{base_url}users/1"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.ok


# mistake: aiohttp_session_left_open_by_the_package

"""The package opens a session of aiohttp and does not close it."""

import aiohttp


async def mistaken(url: str) -> int:
    session = aiohttp.ClientSession()  # HERE
    async with session.get(url) as response:
        return response.status


async def fixed(url: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status


# tests
from my_project.aiohttp_session_left_open_by_the_package import fixed, mistaken


async def test_mistake(base_url: str) -> None:
    assert await mistaken(f"{base_url}users/1") == 200


async def test_fixed(base_url: str) -> None:
    assert await fixed(f"{base_url}users/1") == 200


# mistake: aiohttp_session_that_is_kept_open

"""An object that outlives the test keeps its session open."""

import aiohttp

KEPT: list[aiohttp.ClientSession] = []


async def test_mistake(base_url: str) -> None:
    KEPT.append(aiohttp.ClientSession(base_url))  # HERE
    async with KEPT[-1].get("users/1") as response:
        assert response.ok


async def test_fixed(base_url: str) -> None:
    async with aiohttp.ClientSession(base_url) as session:
        KEPT.append(session)
        async with session.get("users/1") as response:
            assert response.ok


# mistake: aiosqlite_connection_left_open

"""A test connects with aiosqlite and does not close the connection."""

import aiosqlite


async def test_mistake() -> None:
    connection = await aiosqlite.connect(":memory:")  # HERE
    assert await connection.execute_fetchall("SELECT 1") == [(1,)]


async def test_fixed() -> None:
    async with aiosqlite.connect(":memory:") as connection:
        assert await connection.execute_fetchall("SELECT 1") == [(1,)]


# mistake: async_subprocess_left_running

"""A test starts a process and does not wait for its end."""

import asyncio
import sys
from asyncio.subprocess import PIPE

WAIT = (sys.executable, "-c", "input()")


async def test_mistake() -> None:
    process = await asyncio.create_subprocess_exec(*WAIT, stdin=PIPE)  # HERE
    assert process.returncode is None


async def test_fixed() -> None:
    process = await asyncio.create_subprocess_exec(*WAIT, stdin=PIPE)
    await process.communicate(b"\n")
    assert process.returncode == 0


# mistake: asyncpg_connection_left_open

"""A test connects to PostgreSQL and does not close the connection."""

import asyncio
import struct
from collections.abc import AsyncIterator

import asyncpg
import pytest

PARAMETER = b"server_version\x0018.0\x00"
GREETING = (
    struct.pack("!cii", b"R", 8, 0)  # Authenticated,
    + struct.pack("!ci", b"S", 4 + len(PARAMETER))
    + PARAMETER
    + struct.pack("!ciii", b"K", 12, 1, 1)  # with the key of the session,
    + struct.pack("!cic", b"Z", 5, b"I")  # and ready for a query.
)


async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1024)
    writer.write(GREETING)
    await reader.read(1)  # The word that the client goes, or its end.
    writer.close()


@pytest.fixture
async def uri() -> AsyncIterator[str]:
    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        _, port = server.sockets[0].getsockname()
        yield f"postgres://user:password@127.0.0.1:{port}/users?sslmode=disable"


async def test_mistake(uri: str) -> None:
    connection = await asyncpg.connect(uri)  # HERE
    assert not connection.is_closed()


async def test_fixed(uri: str) -> None:
    connection = await asyncpg.connect(uri)
    await connection.close()
    assert connection.is_closed()


# mistake: datagram_endpoint_left_open

"""A test opens a datagram endpoint and does not close it."""

import asyncio


async def test_mistake() -> None:
    loop, local = asyncio.get_running_loop(), ("127.0.0.1", 0)
    transport, _ = await loop.create_datagram_endpoint(  # HERE
        asyncio.DatagramProtocol, local
    )
    assert not transport.is_closing()


async def test_fixed() -> None:
    loop, local = asyncio.get_running_loop(), ("127.0.0.1", 0)
    transport, _ = await loop.create_datagram_endpoint(asyncio.DatagramProtocol, local)
    transport.close()


# mistake: directory_listing_left_open

"""The listing of a folder is left before its end."""

import os
from pathlib import Path


def first(folder: Path) -> str:
    entries = os.scandir(folder)
    return next(entries).name


def first_of_all(folder: Path) -> str:
    with os.scandir(folder) as entries:
        return next(entries).name


async def test_mistake(tmp_path: Path) -> None:  # HERE
    (tmp_path / "user").touch()
    assert first(tmp_path) == "user"


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert first_of_all(tmp_path) == "user"


# mistake: event_loop_left_open

"""A test makes an event loop of its own and does not close it."""

import asyncio
from contextlib import closing


def test_mistake() -> None:
    loop = asyncio.new_event_loop()  # HERE
    assert loop.run_until_complete(asyncio.sleep(0, 1)) == 1


def test_fixed() -> None:
    with closing(asyncio.new_event_loop()) as loop:
        assert loop.run_until_complete(asyncio.sleep(0, 1)) == 1


# mistake: file_left_open

"""A test opens a file and does not close it."""

from pathlib import Path


async def test_mistake(tmp_path: Path) -> None:
    log = (tmp_path / "log").open("w")  # HERE
    assert log.writable()


async def test_fixed(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as log:
        assert log.writable()


# mistake: file_left_open_by_a_one_liner

"""A file is read in one line, and nothing is left to close it."""

import json
from pathlib import Path


def load(path: Path) -> object:
    return json.load(path.open())  # HERE


def loaded(path: Path) -> object:
    return json.loads(path.read_text())


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("{}")
    assert load(tmp_path / "user") == {}


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("{}")
    assert loaded(tmp_path / "user") == {}


# mistake: httpx_client_left_open

"""A test uses a client of httpx and does not close it."""

import httpx


async def test_mistake(base_url: str) -> None:
    client = httpx.AsyncClient()  # HERE
    response = await client.get(f"{base_url}users/1")
    assert response.is_success


async def test_fixed(base_url: str) -> None:
    async with httpx.AsyncClient() as client:
        response = await client.get(f"{base_url}users/1")
        assert response.is_success


# mistake: httpx_client_left_open_by_a_fixture

"""A fixture's teardown does not close its client of httpx."""

from collections.abc import AsyncIterator

import httpx
import pytest


@pytest.fixture
async def mistaken(base_url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=base_url)  # HERE


@pytest.fixture
async def fixed(base_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=base_url) as client:
        yield client


async def test_mistake(mistaken: httpx.AsyncClient) -> None:
    assert (await mistaken.get("/users/1")).is_success


async def test_fixed(fixed: httpx.AsyncClient) -> None:
    assert (await fixed.get("/users/1")).is_success


# mistake: log_file_left_open

"""A logging handler opens a file, and nothing closes the handler."""

import logging
from pathlib import Path


async def test_mistake(tmp_path: Path) -> None:
    handler = logging.FileHandler(tmp_path / "log")  # HERE
    handler.emit(logging.makeLogRecord({"msg": "done"}))


async def test_fixed(tmp_path: Path) -> None:
    handler = logging.FileHandler(tmp_path / "log")
    handler.emit(logging.makeLogRecord({"msg": "done"}))
    handler.close()


# mistake: pair_of_sockets_left_open

"""A test opens a pair of sockets and closes one of them."""

import socket


async def test_mistake() -> None:
    ours, theirs = socket.socketpair()  # HERE
    theirs.close()
    assert ours.recv(1) == b""


async def test_fixed() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours:
        assert ours.recv(1) == b""


# mistake: pipe_transport_left_open

"""A test connects a pipe to the loop and does not close its transport."""

import asyncio
import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def source() -> Iterator[int]:
    source, target = os.pipe()
    yield source
    os.close(target)
    os.close(source)


async def test_fixed(source: int) -> None:
    loop, pipe = asyncio.get_running_loop(), os.fdopen(os.dup(source), "rb")
    transport, _ = await loop.connect_read_pipe(asyncio.Protocol, pipe)
    transport.close()


async def test_mistake(source: int) -> None:
    loop, pipe = asyncio.get_running_loop(), os.fdopen(os.dup(source), "rb")
    transport, _ = await loop.connect_read_pipe(asyncio.Protocol, pipe)  # HERE
    assert not transport.is_closing()


# mistake: process_pool_left_open

"""An executor of processes is not shut down."""

import asyncio
from concurrent.futures import ProcessPoolExecutor

KEPT: list[ProcessPoolExecutor] = []


async def test_mistake() -> None:
    pool = ProcessPoolExecutor(1)  # HERE
    KEPT.append(pool)
    assert await asyncio.get_running_loop().run_in_executor(pool, abs, -1) == 1


async def test_fixed() -> None:
    KEPT.pop().shutdown()
    with ProcessPoolExecutor(1) as pool:
        assert await asyncio.get_running_loop().run_in_executor(pool, abs, -1) == 1


# mistake: resource_held_by_a_reference_cycle

"""A cycle of references holds a socket until the garbage is collected."""

import socket


class Peer:
    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))  # HERE
        self.itself = self


async def test_mistake() -> None:
    assert Peer().socket.getsockname()


async def test_fixed() -> None:
    with Peer().socket as listening:
        assert listening.getsockname()


# mistake: server_left_open

"""A test starts a server and does not close it."""

import asyncio


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()


async def test_mistake() -> None:
    server = await asyncio.start_server(serve, "127.0.0.1", 0)  # HERE
    assert server.is_serving()


async def test_fixed() -> None:
    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        assert server.is_serving()


# mistake: socket_left_open

"""A test opens a socket and does not close it."""

import socket


async def test_mistake() -> None:
    listening = socket.create_server(("127.0.0.1", 0))  # HERE
    assert listening.getsockname()


async def test_fixed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert listening.getsockname()


# mistake: socket_left_open_by_a_fixture

"""A fixture's teardown does not close its socket."""

import socket
from collections.abc import AsyncIterator

import pytest


@pytest.fixture
async def mistaken() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))  # HERE


@pytest.fixture
async def fixed() -> AsyncIterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


async def test_mistake(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()


async def test_fixed(fixed: socket.socket) -> None:
    assert fixed.getsockname()


# mistake: socket_left_open_by_a_module_scoped_fixture

"""The teardown of a fixture that a module shares does not close its socket."""

import socket
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def fixed() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest.fixture(scope="module")
def mistaken() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))  # HERE


async def test_fixed(fixed: socket.socket) -> None:
    assert fixed.getsockname()


async def test_mistake(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()


# mistake: socket_that_a_later_test_drops

"""A test leaves a socket open, and a later one, which is innocent, lets go of it."""

import socket

KEPT: list[socket.socket] = []


async def test_mistake() -> None:
    KEPT.append(socket.create_server(("127.0.0.1", 0)))  # HERE


async def test_fixed() -> None:
    KEPT.clear()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert listening.getsockname()


# mistake: socket_that_is_kept_open

"""A list that outlives the test keeps its socket open."""

import socket

KEPT: list[socket.socket] = []


async def test_mistake() -> None:
    KEPT.append(socket.create_server(("127.0.0.1", 0)))  # HERE
    assert KEPT[-1].getsockname()


async def test_fixed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        KEPT.append(listening)
        assert KEPT[-1].getsockname()


# mistake: socket_that_is_kept_until_a_class_is_over

"""A socket that is only dropped when a later class, which is innocent, is over."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

KEPT: list[Any] = []


async def test_mistake() -> None:
    cycle: list[Any] = [socket.create_server(("127.0.0.1", 0))]  # HERE
    cycle.append(cycle)
    KEPT.append(cycle)


async def test_fixed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        assert listening.getsockname()
    KEPT.clear()


@pytest.fixture(scope="class")
def shared() -> Iterator[list[int]]:
    numbers = [1]
    yield numbers
    numbers.clear()


class TestLater:
    async def test_fixed_later(self, shared: list[int]) -> None:
        assert shared == [1]


# mistake: socket_that_tests_of_a_module_share

"""Several tests share a socket that is not closed: its line is known at the end."""

import socket

import pytest


@pytest.fixture(scope="class")
def fixed() -> socket.socket:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening


@pytest.fixture(scope="module")
def mistaken() -> socket.socket:
    return socket.create_server(("127.0.0.1", 0))  # HERE


async def test_fixed(fixed: socket.socket) -> None:
    assert fixed.fileno() == -1


async def test_fixed_so_far(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()


async def test_mistake(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()


# mistake: sqlite_connection_left_open

"""A test opens an SQLite database and does not close it."""

import sqlite3
from contextlib import closing


async def test_mistake() -> None:
    connection = sqlite3.connect(":memory:")  # HERE
    assert connection.execute("SELECT 1").fetchone() == (1,)


async def test_fixed() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


# mistake: sqlite_connection_only_committed

"""`with` commits to an SQLite database, but does not close it."""

import sqlite3
from contextlib import closing


async def test_mistake() -> None:
    with sqlite3.connect(":memory:") as connection:  # HERE
        connection.execute("CREATE TABLE users (name TEXT)")


async def test_fixed() -> None:
    with closing(sqlite3.connect(":memory:")) as connection, connection:
        connection.execute("CREATE TABLE users (name TEXT)")


# mistake: stream_writer_left_open

"""A test opens a connection and does not close its writer."""

import asyncio
from urllib.parse import urlsplit


async def test_mistake(base_url: str) -> None:
    url = urlsplit(base_url)
    _, writer = await asyncio.open_connection(url.hostname, url.port)  # HERE
    assert not writer.is_closing()


async def test_fixed(base_url: str) -> None:
    url = urlsplit(base_url)
    _, writer = await asyncio.open_connection(url.hostname, url.port)
    writer.close()
    await writer.wait_closed()


# mistake: subprocess_left_running

"""A test starts a process without asyncio, and does not wait for its end."""

import subprocess
import sys

WAIT = (sys.executable, "-c", "input()")


async def test_mistake() -> None:
    process = subprocess.Popen(WAIT, stdin=subprocess.PIPE)  # noqa: ASYNC220  # HERE
    assert process.poll() is None


async def test_fixed() -> None:
    with subprocess.Popen(WAIT, stdin=subprocess.PIPE) as process:  # noqa: ASYNC220
        process.communicate(b"\n")
    assert process.poll() == 0


# mistake: temporary_directory_left

"""A temporary folder is not cleaned up."""

from pathlib import Path
from tempfile import TemporaryDirectory


async def test_mistake() -> None:  # HERE
    folder = TemporaryDirectory()
    assert Path(folder.name).is_dir()  # noqa: ASYNC240


async def test_fixed() -> None:
    with TemporaryDirectory() as name:
        assert Path(name).is_dir()  # noqa: ASYNC240


# mistake: thread_left_running

"""A test starts a thread and does not end it."""

import threading


async def test_mistake() -> None:
    thread = threading.Thread(target=threading.Event().wait, daemon=True)
    thread.start()  # HERE
    assert thread.is_alive()


async def test_fixed() -> None:
    event = threading.Event()
    thread = threading.Thread(target=event.wait, daemon=True)
    thread.start()
    event.set()
    thread.join()


# mistake: thread_pool_that_is_kept_open

"""A list that outlives the test keeps its pool of threads."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

KEPT: list[ThreadPoolExecutor] = []


async def test_mistake() -> None:
    KEPT.append(ThreadPoolExecutor())  # HERE
    await asyncio.get_running_loop().run_in_executor(KEPT[-1], print)


async def test_fixed() -> None:
    with ThreadPoolExecutor() as executor:
        KEPT.append(executor)
        await asyncio.get_running_loop().run_in_executor(executor, print)


# mistake: thread_that_tests_of_a_module_share

"""Several tests share a thread that nothing ends, and that nothing warns of."""

import threading
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="class")
def fixed() -> Iterator[threading.Thread]:
    end = threading.Event()
    thread = threading.Thread(target=end.wait, daemon=True)
    thread.start()
    yield thread
    end.set()
    thread.join()


@pytest.fixture(scope="module")
def mistaken() -> threading.Thread:
    thread = threading.Thread(target=threading.Event().wait, daemon=True)
    thread.start()  # HERE
    return thread


class TestFixed:
    async def test_fixed(self, fixed: threading.Thread) -> None:
        assert fixed.is_alive()

    async def test_fixed_again(self, fixed: threading.Thread) -> None:
        assert fixed.is_alive()


async def test_fixed_so_far(mistaken: threading.Thread) -> None:
    assert mistaken.is_alive()


async def test_mistake(mistaken: threading.Thread) -> None:
    assert mistaken.is_alive()


# mistake: timer_left_running

"""A test starts a timer and does not cancel it."""

import threading


async def test_mistake() -> None:
    timer = threading.Timer(60, print)
    timer.daemon = True
    timer.start()  # HERE


async def test_fixed() -> None:
    timer = threading.Timer(60, print)
    timer.start()
    timer.cancel()
    timer.join()


# mistake: transport_left_open

"""A test connects a protocol and does not close its transport."""

import asyncio
import socket
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module")
def address() -> Iterator[tuple[str, int]]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()


async def test_fixed(address: tuple[str, int]) -> None:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(asyncio.Protocol, *address)
    assert not transport.is_closing()
    transport.close()


async def test_mistake(address: tuple[str, int]) -> None:
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_connection(asyncio.Protocol, *address)  # HERE
    assert not transport.is_closing()


# mistake: sqlite_connection_dropped

"""A connection to a database is dropped without being closed."""

import sqlite3
from contextlib import closing


async def test_mistake() -> None:
    connection = sqlite3.connect(":memory:")  # HERE
    connection.execute("SELECT 1")


async def test_fixed() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("SELECT 1")


# mistake: sqlite_connection_kept

"""A connection to a database is kept open."""

import sqlite3

KEPT: list[sqlite3.Connection] = []


async def test_mistake() -> None:
    KEPT.append(sqlite3.connect(":memory:"))  # HERE


async def test_fixed() -> None:
    KEPT.append(sqlite3.connect(":memory:"))
    KEPT[-1].close()


# mistake: httpx2_client_left_open

"""A client of httpx2 is used and not closed."""

import httpx2
import pytest


async def test_mistake() -> None:
    client = httpx2.AsyncClient()  # HERE
    with pytest.raises(httpx2.ConnectError):
        await client.get("http://127.0.0.1:1")


async def test_fixed() -> None:
    async with httpx2.AsyncClient() as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get("http://127.0.0.1:1")


# mistake: socket_of_a_fixture_on_a_loop_that_a_module_shares

"""A fixture for one test leaves a socket, on a loop that other tests use too."""

import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")
KEPT: list[socket.socket] = []


@pytest_asyncio.fixture(loop_scope="module")
async def fixed() -> AsyncIterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


@pytest_asyncio.fixture(loop_scope="module")
async def mistaken() -> socket.socket:
    KEPT.append(socket.create_server(("127.0.0.1", 0)))  # HERE
    return KEPT[-1]


async def test_fixed(fixed: socket.socket) -> None:
    assert fixed.getsockname()


async def test_mistake(mistaken: socket.socket) -> None:
    assert mistaken.getsockname()
