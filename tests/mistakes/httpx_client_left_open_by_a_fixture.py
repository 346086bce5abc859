"""resources: a fixture's teardown does not close its client of httpx."""

from collections.abc import AsyncIterator

import httpx
import pytest


@pytest.fixture
async def mistaken(base_url: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=base_url)  # HERE


@pytest.fixture
async def mended(base_url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=base_url) as client:
        yield client


async def test_mistake(mistaken: httpx.AsyncClient) -> None:
    assert (await mistaken.get("/users/1")).is_success


async def test_mended(mended: httpx.AsyncClient) -> None:
    assert (await mended.get("/users/1")).is_success
