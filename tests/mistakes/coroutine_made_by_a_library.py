"""coroutines: the package has a library make a coroutine, deep down, and does not await it."""

from collections.abc import Awaitable, Callable


async def mistaken(send: Callable[[], Awaitable[None]]) -> None:
    send()  # HERE


async def mended(send: Callable[[], Awaitable[None]]) -> None:
    await send()


# tests
from typing import Any

from my_project.coroutine_made_by_a_library import mended, mistaken

LIBRARY = """
def send():
    return checked()

def checked():
    return counted()

def counted():
    return logged()

def logged():
    return really_send()

async def really_send():
    pass
"""
library: dict[str, Any] = {}
exec(compile(LIBRARY, "library.py", "exec"), library)


async def test_mistake() -> None:
    await mistaken(library["send"])


async def test_mended() -> None:
    await mended(library["send"])
