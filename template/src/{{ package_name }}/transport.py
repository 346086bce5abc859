"""How httpx is used here: what all its clients have in common, and its responses."""

from typing import Self, cast

import httpx


class Response(httpx.Response):
    """A response of httpx that has its ``status_code`` as ``status`` too."""

    @classmethod
    def of(cls, response: httpx.Response) -> Self:
        """Return the response itself: httpx offers no way to choose its class."""
        response.__class__ = cls
        return cast(Self, response)

    @property
    def status(self) -> int:
        """The status code."""
        return self.status_code


def new_client(transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    """Return a client that goes where it is told; its user bounds the time it takes."""
    return httpx.AsyncClient(
        follow_redirects=True,
        timeout=None,  # Of httpx's, each would bound a read, and none the request.
        transport=transport,
        trust_env=False,  # No proxy of the environment's.
    )
