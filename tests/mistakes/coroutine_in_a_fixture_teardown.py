"""coroutines: a fixture does not await what tears it down."""

from collections.abc import AsyncIterator

import pytest
from my_project import AsyncAPIClient


@pytest.fixture
async def mistaken(base_url: str) -> AsyncIterator[AsyncAPIClient]:
    client = AsyncAPIClient(base_url)
    yield client
    client.disconnect()  # HERE


@pytest.fixture
async def mended(base_url: str) -> AsyncIterator[AsyncAPIClient]:
    client = AsyncAPIClient(base_url)
    yield client
    await client.disconnect()


async def test_mistake(mistaken: AsyncAPIClient) -> None:
    assert await mistaken.get_user(1)


async def test_mended(mended: AsyncAPIClient) -> None:
    assert await mended.get_user(1)
