"""resources: a test opens a session of aiohttp and does not close it."""

import aiohttp


async def test_mistake(base_url: str) -> None:
    session = aiohttp.ClientSession()  # HERE
    async with session.get(f"{base_url}users/1") as response:
        assert response.ok


async def test_mended(base_url: str) -> None:
    url = f"{base_url}users/1"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        assert response.ok
