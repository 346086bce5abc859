"""resources: a file is read in one line, and nobody is left to close it."""

import json
from pathlib import Path


def load(path: Path) -> object:
    return json.load(path.open())  # HERE


def loaded(path: Path) -> object:
    return json.loads(path.read_text())


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("{}")
    assert load(tmp_path / "user") == {}


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("{}")
    assert loaded(tmp_path / "user") == {}
