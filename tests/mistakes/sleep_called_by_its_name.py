"""blocking: the package has imported a function that blocks by its name."""

import asyncio
from time import sleep


async def mistaken() -> None:
    sleep(0.01)  # noqa: ASYNC251  # HERE


async def mended() -> None:
    await asyncio.sleep(0.01)


# tests
from my_project.sleep_called_by_its_name import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()
