"""Connections to a PostgreSQL database, pooled and open for as long as they are needed."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, Self

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from .errors import DatabaseError

REFUSALS = (asyncpg.PostgresError, asyncpg.InterfaceError)


class DatabaseConnection:
    """The PostgreSQL database at ``url``, or ``DATABASE_URL``, open inside ``async with``.

    Tasks may share it: each statement, or transaction, has a connection to itself.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url or os.environ.get("DATABASE_URL")
        self._pool: asyncpg.Pool | None = None
        self._in_transaction: ContextVar[PoolConnectionProxy | None]
        self._in_transaction = ContextVar("in_transaction", default=None)

    async def __aenter__(self) -> Self:
        if self._pool is not None:
            raise RuntimeError("this DatabaseConnection is open already")
        try:
            self._pool = await asyncpg.create_pool(self._url, min_size=1)
        except (*REFUSALS, OSError, ValueError) as error:
            raise DatabaseError(f"cannot open the database: {error}") from error
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        if self._in_transaction.get():  # Closing the pool would wait for it forever.
            raise RuntimeError("the transaction that is open must end first")
        pool, self._pool = self._opened(), None
        await pool.close()

    async def execute(
        self, sql: str, parameters: Sequence[Any] = ()
    ) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows; ``$1`` takes the first parameter."""
        pool, held = self._opened(), self._in_transaction.get()
        try:
            async with nullcontext(held) if held else pool.acquire() as connection:
                rows = await connection.fetch(sql, *parameters)
        except (*REFUSALS, OSError) as error:
            raise DatabaseError(str(error)) from error
        return [tuple(row) for row in rows]

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Commit what the block did, or roll it back if an error or cancellation ends it."""
        if self._in_transaction.get():
            raise RuntimeError("a transaction is open already in this task")
        try:
            async with self._opened().acquire() as held, held.transaction():
                before = self._in_transaction.set(held)
                try:
                    yield
                finally:
                    self._in_transaction.reset(before)
        except REFUSALS as error:  # From the commit: `execute` has translated the rest.
            raise DatabaseError(str(error)) from error

    def _opened(self) -> asyncpg.Pool:
        if self._pool is None:
            raise RuntimeError("open the DatabaseConnection with `async with` first")
        return self._pool
