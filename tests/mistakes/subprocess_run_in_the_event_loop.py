"""blocking: the package runs a process, and the event loop waits for its end."""

import asyncio
import subprocess
import sys


async def mistaken() -> int:
    return subprocess.run([sys.executable, "-c", ""], check=True).returncode  # noqa: ASYNC221  # HERE


async def mended() -> int:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    return await process.wait()


# tests
from my_project.subprocess_run_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 0


async def test_mended() -> None:
    assert await mended() == 0
