"""resources: the package opens a session of aiohttp and does not close it."""

import aiohttp


async def mistaken(url: str) -> int:
    session = aiohttp.ClientSession()  # HERE
    async with session.get(url) as response:
        return response.status


async def mended(url: str) -> int:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status


# tests
from my_project.aiohttp_session_left_open_by_the_package import mended, mistaken


async def test_mistake(base_url: str) -> None:
    assert await mistaken(f"{base_url}users/1") == 200


async def test_mended(base_url: str) -> None:
    assert await mended(f"{base_url}users/1") == 200
