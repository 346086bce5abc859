"""blocking: a log handler of the package sends each record, and the event loop waits."""

import asyncio
import logging
import time


class Sending(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        time.sleep(0.01)  # Stands for a request.  # HERE


async def mistaken(logger: logging.Logger) -> None:
    logger.warning("careful")


async def mended(logger: logging.Logger) -> None:
    await asyncio.to_thread(logger.warning, "careful")


# tests
import logging
from collections.abc import Iterator

import pytest
from my_project.log_handler_that_blocks import Sending, mended, mistaken


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    handler = Sending()
    logger = logging.getLogger("sending")
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


async def test_mistake(logger: logging.Logger) -> None:
    await mistaken(logger)


async def test_mended(logger: logging.Logger) -> None:
    await mended(logger)
