"""mocks: `patch.object` puts a `Mock` in the place of an async method."""

from unittest.mock import Mock, patch

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch.object(client, "get_user", Mock()) as get_user:  # HERE
        assert client.get_user(1)
    get_user.assert_called_once_with(1)


async def test_mended(client: AsyncAPIClient) -> None:
    with patch.object(client, "get_user") as get_user:
        assert await client.get_user(1)
    get_user.assert_awaited_once_with(1)
