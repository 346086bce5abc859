"""coroutines: `map` makes coroutines, and the list of them is taken for the results."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert all(map(client.get_user, [1, 2]))  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    assert all(await client.get_users([1, 2]))
