"""mocks: `monkeypatch` puts a `Mock` in the place of an async method."""

from unittest.mock import AsyncMock, Mock

import pytest
from my_project import AsyncAPIClient


async def test_mistake(monkeypatch: pytest.MonkeyPatch, client: AsyncAPIClient) -> None:
    monkeypatch.setattr(AsyncAPIClient, "get_user", Mock(return_value=1))  # HERE
    assert client.get_user(1) == 1


async def test_mended(monkeypatch: pytest.MonkeyPatch, client: AsyncAPIClient) -> None:
    monkeypatch.setattr(AsyncAPIClient, "get_user", AsyncMock(return_value=1))
    assert await client.get_user(1) == 1
