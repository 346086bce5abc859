"""resources: a test opens a connection and does not close its writer."""

import asyncio
from urllib.parse import urlsplit


async def test_mistake(base_url: str) -> None:
    url = urlsplit(base_url)
    _, writer = await asyncio.open_connection(url.hostname, url.port)  # HERE
    assert not writer.is_closing()


async def test_mended(base_url: str) -> None:
    url = urlsplit(base_url)
    _, writer = await asyncio.open_connection(url.hostname, url.port)
    writer.close()
    await writer.wait_closed()
