"""exceptions: a fixture that tests share starts what fails, and never asks for its exception."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def fail(failed: asyncio.Event) -> None:
    failed.set()
    raise ValueError("mistaken")  # HERE


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> AsyncIterator[asyncio.Event]:
    failed = asyncio.Event()
    task = asyncio.create_task(fail(failed))
    yield failed
    assert task.done()


async def test_mended_by_the_fixture_alone(mistaken: asyncio.Event) -> None:
    await mistaken.wait()


async def test_mistake(mistaken: asyncio.Event) -> None:
    assert mistaken.is_set()
