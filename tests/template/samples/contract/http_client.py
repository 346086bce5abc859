"""What people are taught of the HTTP clients, whatever library they are built on.

A meta-test copies this module into a generated project and runs it there.
"""

import asyncio
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from my_project import APIError, AsyncAPIClient, AsyncClient

PAGES = {"/users": b'[{"id": 1}]', "/users/1": b'{"id": 1}'}


class Handler(BaseHTTPRequestHandler):
    """Answers for user 1 only; at /moved they are elsewhere, and /endless has no end."""

    def do_GET(self) -> None:
        self.path = self.requestline.split()[1]  # As it was sent: "//" is no "/".
        if self.path == "/moved":
            self.answer(302, b"", "/users")
        elif self.path == "/endless":
            self.answer(200, None)
            self.drip()
        else:
            self.answer(200 if self.path in PAGES else 404, PAGES.get(self.path, b""))

    def answer(self, status: int, body: bytes | None, location: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "9999" if body is None else str(len(body)))
        self.end_headers()
        self.wfile.write(body or b"")

    def drip(self) -> None:
        try:
            for _ in range(9999):
                self.wfile.write(b".")
                time.sleep(0.01)
        except ConnectionError:
            pass  # The client has had enough.

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False  # Its end waits for them.

    def handle_error(self, *_: object) -> None:
        pass  # A client that goes away is what some tests are about.


@pytest.fixture
def address() -> Iterator[str]:
    """A server of this module's own, in a thread."""
    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("end", ["", "/"])
async def test_async_client(address: str, end: str) -> None:
    client = AsyncClient(address + end)
    await client.connect()
    assert (await client.get("/users")).status == 200
    await client.disconnect()
    async with AsyncClient(base_url=address + end) as client:
        assert (await client.get("/users")).status == 200
        assert (await client.get("users")).status == 200
        assert (await client.get("/nowhere")).status == 404
        assert (await client.get("/moved")).status == 200


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


async def test_proxies_of_the_environment_are_left_alone(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example")
    monkeypatch.setenv("ALL_PROXY", "http://proxy.example")
    assert (await AsyncAPIClient(address).get_user(1))["id"] == 1


@pytest.mark.parametrize("user_id", [0, -1])
async def test_an_id_below_one(user_id: int) -> None:
    with pytest.raises(ValueError, match=r"^Invalid user ID"):
        await AsyncAPIClient().get_user(user_id)


async def test_the_whole_request_is_bounded(address: str) -> None:
    with pytest.raises(APIError) as caught:
        await AsyncClient(address, timeout=0.1).get("/endless")
    assert isinstance(caught.value.__cause__, TimeoutError)


@pytest.mark.parametrize("shared", [False, True])
async def test_a_cancelled_request_leaves_nothing_open(
    address: str, shared: bool
) -> None:
    client = AsyncClient(address, timeout=0)
    if shared:
        await client.connect()
    for rounds in range(40):
        request = asyncio.create_task(client.get("/endless"))
        for _ in range(rounds):
            await asyncio.sleep(0)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
    await client.disconnect()
