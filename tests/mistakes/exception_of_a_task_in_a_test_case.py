"""exceptions: a test of unittest's, on a loop of its own, loses what a task fails with."""

import asyncio
from unittest import IsolatedAsyncioTestCase

import pytest


async def failing() -> None:
    raise LookupError("lost")  # HERE


class TestCase(IsolatedAsyncioTestCase):
    async def test_mistake(self) -> None:
        asyncio.create_task(failing())  # noqa: RUF006
        await asyncio.sleep(0)

    async def test_mended(self) -> None:
        with pytest.raises(LookupError, match="lost"):
            await asyncio.create_task(failing())
