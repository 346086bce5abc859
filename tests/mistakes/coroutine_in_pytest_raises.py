"""coroutines: a call inside `pytest.raises` is not awaited, so nothing is raised."""

import pytest
from my_project import AsyncAPIClient


async def test_mistake(client: AsyncAPIClient) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        client.get_user(0)  # HERE


async def test_mended(client: AsyncAPIClient) -> None:
    with pytest.raises(ValueError, match="Invalid"):
        await client.get_user(0)
