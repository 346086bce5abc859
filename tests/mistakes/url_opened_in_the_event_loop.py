"""blocking: the package requests a page with a client that blocks."""

import asyncio
from http import HTTPStatus
from urllib.request import urlopen


def status(url: str) -> int:
    with urlopen(url) as response:  # HERE
        return HTTPStatus(response.status).value


async def mistaken(url: str) -> int:
    return status(url)


async def mended(url: str) -> int:
    return await asyncio.to_thread(status, url)


# tests
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from my_project.url_opened_in_the_event_loop import mended, mistaken


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


async def test_mistake(url: str) -> None:
    assert await mistaken(url) == 204


async def test_mended(url: str) -> None:
    assert await mended(url) == 204
