"""tasks: the package has a library start a task, deep down, and does not end it."""

import asyncio
from collections.abc import Awaitable, Callable

Connect = Callable[[], Awaitable["asyncio.Task[bool]"]]


async def mistaken(connect: Connect) -> None:
    await connect()  # HERE


async def mended(connect: Connect) -> None:
    (await connect()).cancel()


# tests
from typing import Any

from my_project.task_left_by_a_library import mended, mistaken

LIBRARY = """
import asyncio

async def connect():
    return await open_connection()

async def open_connection():
    return await start()

async def start():
    return await start_reading()

async def start_reading():
    return begin(read())

def begin(reading):
    return asyncio.ensure_future(reading)

async def read():
    return await asyncio.Event().wait()
"""
library: dict[str, Any] = {}
exec(compile(LIBRARY, "library.py", "exec"), library)


async def test_mistake() -> None:
    await mistaken(library["connect"])


async def test_mended() -> None:
    await mended(library["connect"])
