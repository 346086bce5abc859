"""A connection to an SQLite database that never blocks the event loop."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from os import PathLike
from typing import Any, Self

import aiosqlite

from .errors import DatabaseError

REFUSALS = (sqlite3.Error, OverflowError, ValueError)


class DatabaseConnection:
    """A connection to the SQLite file at ``path``, open inside ``async with``.

    Tasks that run side by side need a connection each: a transaction belongs to it.
    """

    def __init__(self, path: str | PathLike[str] = ":memory:") -> None:
        self._path = path
        self._connection: aiosqlite.Connection | None = None

    async def __aenter__(self) -> Self:
        if self._connection is not None:
            raise RuntimeError("this DatabaseConnection is open already")
        opening = asyncio.create_task(self._open())
        try:
            self._connection = await asyncio.shield(opening)
        except REFUSALS as error:
            raise DatabaseError(f"cannot open {self._path}: {error}") from error
        except asyncio.CancelledError:
            await (await opening).close()
            raise
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        connection, self._connection = self._opened(), None
        await connection.close()

    async def execute(
        self, sql: str, parameters: Sequence[Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows; each ``?`` takes one parameter."""
        connection = self._opened()
        try:
            rows = await connection.execute_fetchall(sql, parameters)
        except REFUSALS as error:
            raise DatabaseError(str(error)) from error
        return [tuple(row) for row in rows]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Commit what the block did, or roll it back if an error or cancellation ends it."""
        connection = self._opened()
        if connection.in_transaction:
            raise RuntimeError("a transaction is open already on this connection")
        try:
            await self.execute("BEGIN")
            yield
            await self.execute("COMMIT")
        except BaseException:
            if self._connection is connection:
                await connection.rollback()  # Does nothing if none is open.
            raise

    async def _open(self) -> aiosqlite.Connection:
        # Not aiosqlite.connect(): if that fails, its thread may outlive the loop.
        opener = partial(sqlite3.connect, isolation_level=None, check_same_thread=False)
        opened = await asyncio.to_thread(opener, self._path)
        return await aiosqlite.Connection(lambda: opened, iter_chunk_size=64)

    def _opened(self) -> aiosqlite.Connection:
        if self._connection is None:
            raise RuntimeError("open the DatabaseConnection with `async with` first")
        return self._connection
