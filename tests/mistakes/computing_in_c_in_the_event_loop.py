"""blocking: one call of the package computes for a second and more, without a Python line."""

import asyncio
import hashlib

KEY = b"key"


def stretched(rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", KEY, KEY, rounds)  # HERE


async def mistaken(rounds: int) -> bytes:
    return stretched(rounds)


async def mended(rounds: int) -> bytes:
    return await asyncio.to_thread(stretched, rounds)


# tests
from my_project.computing_in_c_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken(2_000_000)


async def test_mended() -> None:
    assert await mended(2_000_000)
