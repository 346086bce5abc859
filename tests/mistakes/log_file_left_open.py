"""resources: a logging handler opens a file, and nobody closes the handler."""

import logging
from pathlib import Path


async def test_mistake(tmp_path: Path) -> None:
    handler = logging.FileHandler(tmp_path / "log")  # HERE
    handler.emit(logging.makeLogRecord({"msg": "done"}))


async def test_mended(tmp_path: Path) -> None:
    handler = logging.FileHandler(tmp_path / "log")
    handler.emit(logging.makeLogRecord({"msg": "done"}))
    handler.close()
