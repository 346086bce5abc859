"""Temporary files in memory, if there is room: an update makes and deletes thousands."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage

import pytest

MEMORY = Path("/dev/shm")
ENOUGH = 2**30
"""Bytes that must be free."""


def has_room() -> bool:
    """Return whether the folder exists, has room, and allows programs to run."""
    return (
        MEMORY.is_dir()
        and disk_usage(MEMORY).free >= ENOUGH
        and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    )


@contextmanager
def temporary_files_in_memory() -> Iterator[None]:
    """Have this process, and those that it starts, make their temporary files there."""
    if not has_room():
        yield
        return
    with (
        tempfile.TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as folder,
        pytest.MonkeyPatch.context() as patch,
    ):
        Path(folder).chmod(0o1777)  # PostgreSQL's server is not root's.
        patch.setenv("TMPDIR", folder)
        patch.setattr(tempfile, "tempdir", folder)
        yield
