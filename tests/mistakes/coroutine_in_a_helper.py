"""coroutines: a helper that is not async calls an async function."""

from collections.abc import Awaitable

from my_project import AsyncAPIClient


def warm_up(client: AsyncAPIClient) -> None:
    client.connect()  # HERE


def warmed_up(client: AsyncAPIClient) -> Awaitable[None]:
    return client.connect()


async def test_mistake(client: AsyncAPIClient) -> None:
    warm_up(client)


async def test_mended(client: AsyncAPIClient) -> None:
    await warmed_up(client)
