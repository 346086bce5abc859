"""mocks: `patch` is told to put a `MagicMock` in the place of an async method."""

from unittest.mock import MagicMock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch(GET_USER, new_callable=MagicMock) as get_user:  # HERE
        assert client.get_user(1)
    get_user.assert_called_once_with(1)


async def test_mended(client: AsyncAPIClient) -> None:
    with patch(GET_USER) as get_user:
        assert await client.get_user(1)
    get_user.assert_awaited_once_with(1)
