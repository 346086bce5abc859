"""blocking: the package looks up the name of an address in the event loop."""

import asyncio
import socket


async def mistaken(address: str) -> str:
    return socket.getnameinfo((address, 80), socket.NI_NUMERICHOST)[0]  # HERE


async def mended(address: str) -> str:
    loop = asyncio.get_running_loop()
    host, _ = await loop.getnameinfo((address, 80), socket.NI_NUMERICHOST)
    return host


# tests
from my_project.address_looked_up_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken("127.0.0.1") == "127.0.0.1"


async def test_mended() -> None:
    assert await mended("127.0.0.1") == "127.0.0.1"
