"""resources: a temporary folder is not cleaned up."""

from pathlib import Path
from tempfile import TemporaryDirectory


async def test_mistake() -> None:
    folder = TemporaryDirectory()  # HERE
    assert Path(folder.name).is_dir()  # noqa: ASYNC240


async def test_mended() -> None:
    with TemporaryDirectory() as name:
        assert Path(name).is_dir()  # noqa: ASYNC240
