"""coroutines: `wait_for` is not awaited, nor is what it was given."""

import asyncio

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    asyncio.wait_for(client.get_user(1), 5)  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    await asyncio.wait_for(client.get_user(1), 5)
