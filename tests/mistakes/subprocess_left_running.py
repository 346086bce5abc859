"""resources: a test starts a process without asyncio, and does not wait for its end."""

import subprocess
import sys

WAIT = (sys.executable, "-c", "input()")


async def test_mistake() -> None:
    process = subprocess.Popen(WAIT, stdin=subprocess.PIPE)  # noqa: ASYNC220  # HERE
    assert process.poll() is None


async def test_mended() -> None:
    with subprocess.Popen(WAIT, stdin=subprocess.PIPE) as process:  # noqa: ASYNC220
        process.communicate(b"\n")
    assert process.poll() == 0
