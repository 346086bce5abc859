"""coroutines: a test calls an async function and does not await it."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    client.get_user(1)  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    await client.get_user(1)
