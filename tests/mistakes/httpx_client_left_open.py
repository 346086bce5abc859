"""resources: a test uses a client of httpx and does not close it."""

import httpx


async def test_mistake(base_url: str) -> None:
    client = httpx.AsyncClient()  # HERE
    response = await client.get(f"{base_url}users/1")
    assert response.is_success


async def test_mended(base_url: str) -> None:
    async with httpx.AsyncClient() as client:
        response = await client.get(f"{base_url}users/1")
        assert response.is_success
