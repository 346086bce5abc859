"""SQLite connections that are dropped while they are open: Python warns of them from 3.13 on."""

import sqlite3.dbapi2
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from .replacements import Replacements

WARNING_SINCE = (3, 13)


class WarningConnection(sqlite3.Connection):
    """Warns as Python 3.13 does."""

    async_guard = True

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # It is closed, or another thread's.
            _ = self.total_changes
            text = f"unclosed database in {self!r}"
            warnings.warn(text, ResourceWarning, stacklevel=2, source=self)
            self.close()


class Connections:
    """Has `sqlite3.connect` make connections that warn."""

    def __init__(self) -> None:
        self._replacements = Replacements()

    def install(self) -> None:
        """Take its place, where Python does not warn by itself."""
        if sys.version_info < WARNING_SINCE:
            connect = connecting(sqlite3.connect)
            for module in (sqlite3, sqlite3.dbapi2):
                self._replacements.put(module, "connect", connect)

    def uninstall(self) -> None:
        """Give it back."""
        self._replacements.put_back()


def connecting(connect: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that connects as the given one does, but for the class it uses."""

    def connect_warning(*args: Any, **kwargs: Any) -> Any:
        if len(args) < 6:  # The sixth would be the factory.
            kwargs.setdefault("factory", WarningConnection)
        return connect(*args, **kwargs)

    return connect_warning
