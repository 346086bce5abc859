"""mocks: `patch` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch(GET_USER, Mock(return_value={"id": 1})):  # HERE
        assert client.get_user(1) == {"id": 1}


async def test_mended(client: AsyncAPIClient) -> None:
    with patch(GET_USER, AsyncMock(return_value={"id": 1})):
        assert await client.get_user(1) == {"id": 1}
