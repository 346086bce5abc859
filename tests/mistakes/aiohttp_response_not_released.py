"""resources: a response is dropped before its body was read, and holds its connection."""

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


async def test_mended(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.ok
