"""mocks: `monkeypatch` puts a `Mock` where a dotted name says, in a fixture."""

from unittest.mock import AsyncMock, Mock

import pytest
from my_project import AsyncAPIClient

GET_USER = "my_project.AsyncAPIClient.get_user"


@pytest.fixture
def mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GET_USER, Mock(return_value=1))  # HERE


@pytest.fixture
def mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GET_USER, AsyncMock(return_value=1))


@pytest.mark.usefixtures("mistaken")
async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1) == 1


@pytest.mark.usefixtures("mended")
async def test_mended(client: AsyncAPIClient) -> None:
    assert await client.get_user(1) == 1
