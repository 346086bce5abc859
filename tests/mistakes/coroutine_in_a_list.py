"""coroutines: a list is built of coroutines, and none of them is awaited."""

import asyncio

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    users = [client.get_user(number) for number in (1, 2)]  # HERE
    assert len(users) == 2


async def test_mended(client: AsyncAPIClient) -> None:
    users = await asyncio.gather(*[client.get_user(number) for number in (1, 2)])
    assert len(users) == 2
