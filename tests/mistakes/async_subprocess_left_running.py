"""resources: a test starts a process and does not wait for its end."""

import asyncio
import sys
from asyncio.subprocess import PIPE

WAIT = (sys.executable, "-c", "input()")


async def test_mistake() -> None:
    process = await asyncio.create_subprocess_exec(*WAIT, stdin=PIPE)  # HERE
    assert process.returncode is None


async def test_mended() -> None:
    process = await asyncio.create_subprocess_exec(*WAIT, stdin=PIPE)
    await process.communicate(b"\n")
    assert process.returncode == 0
