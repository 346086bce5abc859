"""Servers and clients: closed by who opened them, with connections still alive."""

import asyncio
import contextlib
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestClient, TestServer, unused_port
from my_project import AsyncAPIClient
from my_project.well_behaved import serve_socket, site

LOOPBACK = "127.0.0.1"


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send back each line, until the client is gone."""
    with contextlib.closing(writer):
        while line := await reader.readline():
            writer.write(line)
            await writer.drain()


async def hello(_request: web.Request) -> web.Response:
    """Greet."""
    return web.Response(text="hello")


@pytest.fixture
async def app_server() -> AsyncIterator[BaseTestServer]:
    """Serve a greeting."""
    app = web.Application()
    app.router.add_get("/", hello)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """Share connections between requests."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def echo_port() -> AsyncIterator[int]:
    """Serve the echo."""
    server = await asyncio.start_server(echo, LOOPBACK, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_a_connection_is_kept_alive_at_teardown(
    session: aiohttp.ClientSession, app_server: BaseTestServer
) -> None:
    """The server is closed first, while the session keeps its connection."""
    for _ in range(2):
        async with session.get(app_server.make_url("/")) as response:
            assert await response.text() == "hello"


async def test_a_connection_is_closed_before_its_server(
    app_server: BaseTestServer, session: aiohttp.ClientSession
) -> None:
    """The session is closed first."""
    async with session.get(app_server.make_url("/")) as response:
        assert await response.text() == "hello"


async def test_a_test_client() -> None:
    """The client closes its server, too."""
    app = web.Application()
    app.router.add_get("/", hello)
    async with TestClient(TestServer(app)) as client, client.get("/") as response:
        assert response.status == 200


async def test_a_body_that_is_not_read(
    session: aiohttp.ClientSession, app_server: BaseTestServer
) -> None:
    """The status is enough, and the response is released."""
    async with session.get(app_server.make_url("/")) as response:
        assert response.ok


async def test_a_websocket() -> None:
    """Both ends close the socket."""

    async def answer(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            await socket.send_str(message.data[::-1])
        return socket

    app = web.Application()
    app.router.add_get("/", answer)
    async with TestClient(TestServer(app)) as client, client.ws_connect("/") as ws:
        await ws.send_str("abc")
        assert await ws.receive_str() == "cba"


async def test_a_server_with_background_work() -> None:
    """The application starts its task and ends it."""
    started = asyncio.Event()

    async def background(_app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(asyncio.Event().wait())
        started.set()
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    app = web.Application()
    app.cleanup_ctx.append(background)
    async with TestServer(app):
        assert started.is_set()


async def test_a_server_that_fails_a_request(
    session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    """The failure of a handler is the server's answer, and its log's."""

    async def fail(_request: web.Request) -> web.Response:
        raise ValueError("broken")

    app = web.Application()
    app.router.add_get("/", fail)
    async with TestServer(app) as server, session.get(server.make_url("/")) as response:
        assert response.status == 500
    assert "broken" in caplog.text


async def test_a_client_that_gives_up(
    client: AsyncAPIClient, gate: asyncio.Event
) -> None:
    """The request that is too slow is cancelled, and the server is closed later."""
    gate.clear()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await client.get_user(1)


async def test_nobody_listens() -> None:
    """A refused connection leaves nothing behind."""
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(LOOPBACK, unused_port())


async def test_streams(echo_port: int) -> None:
    """The writer is closed, and awaited."""
    reader, writer = await asyncio.open_connection(LOOPBACK, echo_port)
    writer.write(b"hello\n")
    assert await reader.readline() == b"hello\n"
    writer.close()
    await writer.wait_closed()


async def test_streams_with_half_close(echo_port: int) -> None:
    """The server sees the end of the input first."""
    reader, writer = await asyncio.open_connection(LOOPBACK, echo_port)
    writer.write(b"hello\n")
    writer.write_eof()
    assert await reader.read() == b"hello\n"
    writer.close()
    await writer.wait_closed()


async def test_a_raw_server_is_closed() -> None:
    """The server stops to listen, its client leaves, and the server is waited for."""
    server = await asyncio.start_server(echo, LOOPBACK, 0)
    port = server.sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    writer.write(b"hello\n")
    assert await reader.readline() == b"hello\n"
    server.close()
    writer.close()
    await writer.wait_closed()
    await server.wait_closed()


async def test_a_server_that_serves_for_ever() -> None:
    """The task that serves is cancelled and awaited."""
    server = await asyncio.start_server(echo, LOOPBACK, 0)
    serving = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0)
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving


async def test_datagrams() -> None:
    """Both endpoints are closed."""
    received: asyncio.Queue[bytes] = asyncio.Queue()

    class Receiver(asyncio.DatagramProtocol):
        def datagram_received(self, data: bytes, addr: object) -> None:
            received.put_nowait(data)

    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Receiver, (LOOPBACK, 0))
    address = server.get_extra_info("sockname")
    client, _ = await loop.create_datagram_endpoint(
        asyncio.DatagramProtocol, remote_addr=address
    )
    client.sendto(b"hello")
    assert await received.get() == b"hello"
    client.close()
    server.close()


async def test_sockets_of_the_loop() -> None:
    """A pair of sockets that do not block is read by the loop, and closed."""
    first, second = socket.socketpair()
    with first, second:
        first.setblocking(False)
        second.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_sendall(first, b"hello")
        assert await loop.sock_recv(second, 5) == b"hello"


async def test_a_reader_is_removed() -> None:
    """The callback is taken back before the socket is closed."""
    first, second = socket.socketpair()
    with first, second:
        loop, readable = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(second, readable.set)
        first.send(b"x")
        await readable.wait()
        loop.remove_reader(second)


async def test_a_server_on_a_socket_in_the_file_system() -> None:
    """The package serves, also where a socket was left, and the test closes the server."""
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            async with await serve_socket(Path(folder) / "socket") as server:
                assert server.is_serving()


async def test_a_folder_that_is_served(tmp_path: Path) -> None:
    """The library looks at the folder once, and reads its files in threads."""
    await asyncio.to_thread((tmp_path / "file").write_text, "hello")
    async with TestClient(TestServer(await site(tmp_path))) as client:
        response = await client.get("/file")
        assert await response.text() == "hello"


@pytest.mark.parametrize("status", [404, 501])
async def test_an_error_response_of_urllib_is_dropped(status: int) -> None:
    """What Python itself closes then, is not held open by the guard."""

    async def fail(_request: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/", fail)
    async with TestServer(app) as server:
        assert await asyncio.to_thread(status_of, str(server.make_url("/"))) == status


def status_of(url: str) -> int:
    """Return the status of an error response."""
    try:
        urllib.request.urlopen(url)
    except urllib.error.HTTPError as error:
        return error.code
    return 200
