"""coroutines: a test asserts that the coroutine is not None, and it never is."""

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1) is not None  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    assert await client.get_user(1) is not None
