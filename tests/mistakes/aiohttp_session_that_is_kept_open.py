"""resources: an object that outlives the test keeps its session open."""

import aiohttp

KEPT: list[aiohttp.ClientSession] = []


async def test_mistake(base_url: str) -> None:
    KEPT.append(aiohttp.ClientSession(base_url))  # HERE
    async with KEPT[-1].get("users/1") as response:
        assert response.ok


async def test_mended(base_url: str) -> None:
    async with aiohttp.ClientSession(base_url) as session:
        KEPT.append(session)
        async with session.get("users/1") as response:
            assert response.ok
