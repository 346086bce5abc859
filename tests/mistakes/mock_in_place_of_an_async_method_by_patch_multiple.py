"""mocks: `patch.multiple` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with patch.multiple(AsyncAPIClient, get_user=Mock(return_value=1)):  # HERE
        assert client.get_user(1) == 1


async def test_mended(client: AsyncAPIClient) -> None:
    with patch.multiple(AsyncAPIClient, get_user=AsyncMock(return_value=1)):
        assert await client.get_user(1) == 1
