"""resources: the listing of a folder is left before its end."""

import os
from pathlib import Path


def first(folder: Path) -> str:
    entries = os.scandir(folder)  # HERE
    return next(entries).name


def first_of_all(folder: Path) -> str:
    with os.scandir(folder) as entries:
        return next(entries).name


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert first(tmp_path) == "user"


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert first_of_all(tmp_path) == "user"
