"""blocking: the package looks up a host's address in the event loop."""

import asyncio
import socket


async def mistaken() -> int:
    return len(socket.getaddrinfo("localhost", 80))  # HERE


async def mended() -> int:
    return len(await asyncio.get_running_loop().getaddrinfo("localhost", 80))


# tests
from my_project.name_looked_up_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken()


async def test_mended() -> None:
    assert await mended()
