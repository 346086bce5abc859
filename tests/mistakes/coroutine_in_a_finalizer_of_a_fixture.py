"""coroutines: a fixture registers an async function as a finalizer that is not."""

import asyncio
from collections.abc import AsyncIterator

import pytest


async def tidy() -> None:
    await asyncio.sleep(0)


@pytest.fixture
async def mistaken(request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: tidy())  # noqa: PLW0108, PT021  # HERE


@pytest.fixture
async def mended() -> AsyncIterator[None]:
    yield
    await tidy()


@pytest.mark.usefixtures("mistaken")
async def test_mistake() -> None:
    await asyncio.sleep(0)


@pytest.mark.usefixtures("mended")
async def test_mended() -> None:
    await asyncio.sleep(0)
