"""deadline: a test waits for the end of a process that waits for its input."""

import asyncio
import sys
from asyncio.subprocess import PIPE

WAIT = ("-c", "input()")


async def test_mistake() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, *WAIT, stdin=PIPE)
    await process.wait()  # HERE


async def test_mended() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, *WAIT, stdin=PIPE)
    await process.communicate(b"\n")
