"""HTTP clients: one for any server, one for an API of users."""

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, Self

import aiohttp

from .concurrency import map_concurrently
from .errors import APIError

BASE_URL_VARIABLE = f"{__name__.partition('.')[0].upper()}_BASE_URL"
User = dict[str, Any]


class AsyncClient:
    """Requests below ``base_url``, of ``timeout`` seconds at most; 0 is no limit."""

    def __init__(self, base_url: str, *, timeout: float = 10.0) -> None:
        self.base_url: str = base_url.rstrip("/")
        self.timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.disconnect()

    async def connect(self) -> None:
        """Share one session between requests; otherwise each opens its own."""
        self._session = self._session or self._new_session()

    async def disconnect(self) -> None:
        """Close the shared session, if there is one."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def get(self, path: str) -> aiohttp.ClientResponse:
        """Return the response to ``GET {base_url}{path}``, read to its end."""
        async with self._get(path) as response:
            await response.read()
            return response

    def _new_session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(self.timeout))

    @asynccontextmanager
    async def _get(self, path: str) -> AsyncIterator[aiohttp.ClientResponse]:
        url = f"{self.base_url}/{path.lstrip('/')}"
        shared = nullcontext(self._session) if self._session else self._new_session()
        try:
            async with shared as session, session.get(url) as response:
                yield response
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise APIError(f"GET {path} failed: {type(error).__name__}") from error


class AsyncAPIClient(AsyncClient):
    """The API of users at ``base_url``, at ``<PACKAGE>_BASE_URL``, or on this machine."""

    def __init__(self, base_url: str | None = None, *, timeout: float = 10.0) -> None:
        base_url = base_url or os.environ.get(BASE_URL_VARIABLE)
        super().__init__(base_url or "http://localhost:8080", timeout=timeout)

    async def get_user(self, user_id: int) -> User:
        """Return the user of that ID, which is at least 1."""
        if user_id < 1:
            raise ValueError(f"Invalid user ID: {user_id}")
        async with self._get(f"/users/{user_id}") as response:
            if response.ok and isinstance(user := await response.json(), dict):
                return user
            raise APIError(f"no user {user_id}: status {response.status}")

    async def get_users(self, user_ids: Iterable[int], limit: int = 10) -> list[User]:
        """Return the users in the order of their IDs, as `map_concurrently` does."""
        return await map_concurrently(self.get_user, user_ids, limit=limit)
