"""deadline: the setup of a fixture that a module shares waits for what never comes."""

import asyncio

import pytest
import pytest_asyncio


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mended() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    await event.wait()
    return event


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> asyncio.Event:
    event = asyncio.Event()
    await event.wait()  # HERE
    return event


@pytest.mark.asyncio(loop_scope="module")
async def test_mended(mended: asyncio.Event) -> None:
    assert mended.is_set()


@pytest.mark.asyncio(loop_scope="module")
async def test_mistake(mistaken: asyncio.Event) -> None:
    assert mistaken.is_set()
