"""What one session makes once, for all its workers to copy."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from filelock import FileLock


class Store:
    """A folder that all workers of a session share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def made(self, make: Callable[[Path], object], *key: object) -> Path:
        """Return the folder for a key, which `make` fills if no worker has yet; for reading only."""
        digest = hashlib.sha256(repr(key).encode()).hexdigest()
        folder = self.folder / digest[:16]
        done = folder.with_suffix(".done")
        with FileLock(folder.with_suffix(".lock")):
            if not done.exists():
                rmtree(
                    folder, ignore_errors=True
                )  # What an attempt that failed has left.
                folder.mkdir(parents=True)
                make(folder)
                done.touch()
        return folder
