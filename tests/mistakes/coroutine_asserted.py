"""coroutines: a test asserts the coroutine, which is always true, and not its result."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1)  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    assert await client.get_user(1)
