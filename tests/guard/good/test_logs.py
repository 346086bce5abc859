"""Logs: a file that is open for the session, pytest's own capture, and the package's logger."""

import asyncio
import logging
import logging.handlers
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from my_project.well_behaved import log, log_failure


@pytest.fixture(scope="session")
def log_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Send all logs to a file, for the session."""
    path = tmp_path_factory.mktemp("logs") / "session.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    logging.getLogger().addHandler(handler)
    yield path
    logging.getLogger().removeHandler(handler)
    handler.close()


@pytest.fixture
def rotating_log(tmp_path: Path) -> Iterator[Path]:
    """Send the package's logs to a file that rotates."""
    path = tmp_path / "rotating.log"
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=10, backupCount=1)
    logging.getLogger("my_project").addHandler(handler)
    yield path
    logging.getLogger("my_project").removeHandler(handler)
    handler.close()


@pytest.fixture
def queued_log(tmp_path: Path) -> Iterator[Path]:
    """Send the package's logs to a file by way of a thread, as asyncio's manual advises."""
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    path, logger = tmp_path / "queued.log", logging.getLogger("my_project")
    queueing = logging.handlers.QueueHandler(records)
    writing = logging.FileHandler(path)
    listener = logging.handlers.QueueListener(records, writing)
    logger.addHandler(queueing)
    listener.start()
    yield path
    listener.stop()
    logger.removeHandler(queueing)
    writing.close()


@pytest.mark.parametrize("text", ["a", "b"])
async def test_a_test_logs_to_a_file(log_file: Path, text: str) -> None:
    """The file is open for the session, and no test is to close it."""
    logging.getLogger("test").warning("text %s", text)
    assert f"text {text}" in await asyncio.to_thread(log_file.read_text)


async def test_the_package_logs_to_a_file(log_file: Path) -> None:
    """What the application does with the logs is not the package's concern."""
    await log("from the package")
    assert "from the package" in await asyncio.to_thread(log_file.read_text)


async def test_the_package_logs_to_a_file_that_rotates(rotating_log: Path) -> None:
    """The handler renames the file now and then."""
    for number in range(3):
        await log(f"a long line {number}")
    assert "line 2" in await asyncio.to_thread(rotating_log.read_text)


async def test_the_package_logs_to_a_queue(queued_log: Path) -> None:
    """A thread writes the file."""
    await log("queued")
    assert await asyncio.to_thread(queued_log.exists)


async def test_the_package_logs_a_traceback_to_a_file(log_file: Path) -> None:
    """The lines of the source are read for the traceback."""

    async def fail() -> None:
        raise ValueError("deep down")

    await log_failure(fail())
    assert "deep down" in await asyncio.to_thread(log_file.read_text)


async def test_work_that_succeeds_is_not_logged(log_file: Path) -> None:
    """There is no failure to log."""
    await log_failure(asyncio.sleep(0))
    assert await asyncio.to_thread(log_file.exists)


async def test_pytest_captures_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """The package's log is seen by the test."""
    with caplog.at_level(logging.DEBUG):
        await log("captured")
    assert "captured" in caplog.messages


async def test_the_package_logs_to_the_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A handler for the standard error is no file of the package's."""
    handler = logging.StreamHandler()
    logging.getLogger("my_project").addHandler(handler)
    await log("to the terminal")
    logging.getLogger("my_project").removeHandler(handler)
    assert "to the terminal" in capsys.readouterr().err


async def test_debug_logs_of_asyncio(caplog: pytest.LogCaptureFixture) -> None:
    """The loop may log at every level."""
    with caplog.at_level(logging.DEBUG, logger="asyncio"):
        asyncio.get_running_loop().set_debug(True)
        await asyncio.to_thread(int, "1")
    asyncio.get_running_loop().set_debug(False)
