"""mocks: a decorator puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock, patch

from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


@patch(GET_USER, Mock(return_value={"id": 1}))  # HERE
async def test_mistake() -> None:
    assert AsyncAPIClient().get_user(1) == {"id": 1}


@patch(GET_USER, AsyncMock(return_value={"id": 1}))
async def test_mended() -> None:
    assert await AsyncAPIClient().get_user(1) == {"id": 1}
