"""blocking: the package changes the permissions of a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> None:
    path.chmod(0o600)  # noqa: ASYNC240  # HERE


async def mended(path: Path) -> None:
    await asyncio.to_thread(path.chmod, 0o600)


# tests
from pathlib import Path

from my_project.path_permissions_changed import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    await mistaken(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    await mended(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
