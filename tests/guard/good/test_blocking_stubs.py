"""Calls that block, made by the tests themselves, or by their stubs."""

import asyncio
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from my_project import well_behaved


async def test_a_stub_that_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stub blocks, and not the package that calls it."""

    def slow() -> str:
        time.sleep(0.01)
        return "stub text"

    monkeypatch.setattr(well_behaved, "read_settings", slow)
    assert await well_behaved.settings() == "stub"


async def test_a_test_that_sleeps() -> None:
    """A test may block its own loop."""
    time.sleep(0.01)  # noqa: ASYNC251 - this is the test.


async def test_a_test_that_reads_and_writes(tmp_path: Path) -> None:
    """Files are the simplest way to prepare and to check."""
    path = tmp_path / "file"
    path.write_text("text")
    with path.open() as file:
        assert file.read() == "text"


async def test_a_test_that_runs_a_program() -> None:
    """A short program may be waited for."""
    done = subprocess.run((sys.executable, "-c", ""), check=True)  # noqa: ASYNC221
    assert done.returncode == 0


async def test_a_test_that_computes() -> None:
    """A test may hold its own loop for longer than the package."""
    end = time.process_time() + 0.7
    while time.process_time() < end:
        pass


async def test_a_test_that_computes_before_the_package_does() -> None:
    """Only the package's own computing counts, and that is short enough."""
    end = time.thread_time() + 0.4
    while time.thread_time() < end:
        pass
    assert await well_behaved.compute(0.25)


async def test_a_test_that_looks_up_a_name() -> None:
    """A test may ask the resolver."""
    assert socket.getaddrinfo("127.0.0.1", 80)


async def test_a_callback_that_blocks() -> None:
    """The test's callback blocks, called by the loop."""
    called = asyncio.Event()

    def callback() -> None:
        time.sleep(0.01)
        called.set()

    asyncio.get_running_loop().call_soon(callback)
    await called.wait()
