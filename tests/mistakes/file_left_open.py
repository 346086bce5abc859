"""resources: a test opens a file and does not close it."""

from pathlib import Path


async def test_mistake(tmp_path: Path) -> None:
    log = (tmp_path / "log").open("w")  # HERE
    assert log.writable()


async def test_mended(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as log:
        assert log.writable()
