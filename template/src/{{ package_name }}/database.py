"""A connection to an SQLite database that never blocks the event loop."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import partial
from os import PathLike
from typing import Any, Self

import aiosqlite

from .errors import DatabaseError


class DatabaseConnection:
    """A connection to the SQLite file at ``path``, open inside ``async with``.

    Statements outside a transaction take effect at once. Tasks that run side by side
    need a connection each, since a transaction belongs to its connection.
    """

    def __init__(self, path: str | PathLike[str] = ":memory:") -> None:
        self._path = path
        self._connection: aiosqlite.Connection | None = None
        self._in_transaction = False

    async def __aenter__(self) -> Self:
        if self._connection is not None:
            raise RuntimeError("this DatabaseConnection is open already")
        # Not aiosqlite.connect(): where that fails, its thread may outlive the loop.
        connect = partial(
            sqlite3.connect, isolation_level=None, check_same_thread=False
        )
        opening = asyncio.create_task(asyncio.to_thread(connect, self._path))
        try:
            opened = await asyncio.shield(opening)
            self._connection = await aiosqlite.Connection(lambda: opened, 64)
        except sqlite3.Error as error:
            raise DatabaseError(f"cannot open {self._path}: {error}") from error
        except asyncio.CancelledError:
            (await opening).close()
            raise
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        connection, self._connection = self._opened(), None
        await connection.close()

    async def execute(
        self, sql: str, parameters: Iterable[Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows; each ``?`` takes one parameter."""
        connection = self._opened()
        try:
            rows = await connection.execute_fetchall(sql, parameters)
        except sqlite3.Error as error:
            raise DatabaseError(str(error)) from error
        return [tuple(row) for row in rows]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Commit what the block did, or roll it back on an error or a cancellation."""
        connection = self._opened()
        if self._in_transaction:
            raise RuntimeError("a transaction is open already on this connection")
        self._in_transaction = True
        try:
            await self.execute("BEGIN")
            yield
            await self.execute("COMMIT")
        except BaseException:
            await connection.rollback()  # Does nothing where none is open.
            raise
        finally:
            self._in_transaction = False

    def _opened(self) -> aiosqlite.Connection:
        if self._connection is None:
            raise RuntimeError("open the DatabaseConnection with `async with` first")
        return self._connection
