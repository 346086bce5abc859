"""coroutines: a helper of the tests makes a generator of the package's, and takes nothing from it."""

import my_project
from my_project import async_stream


async def take_none() -> None:
    async_stream()  # HERE
    my_project.async_stream()  # HERE


async def test_mended() -> None:
    async for value in async_stream():
        assert value == 0
        break
