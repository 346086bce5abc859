"""The kinds of resources that a test must not leave open, and how it shows that one is."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

JOIN_SECONDS = 0.2
"""How long a thread that was told to end may take to do so."""


@dataclass(frozen=True)
class Kind:
    """A kind of resource."""

    is_open: Callable[[Any], bool]

    of_library: bool = False
    """Whether it counts too where a library, and not the standard one, opened it for the test."""

    of_package: Callable[[Any], bool] = lambda _: True
    """Whether one counts too where the package opened it, which may keep some for good."""

    silent: bool = False
    """Whether nothing warns when it is dropped: it is kept until it is judged, then."""


def kind_of(resource: Any) -> Kind | None:
    """Return the kind of a resource, if it has one."""
    bases = type(resource).__mro__
    names = (f"{base.__module__}.{base.__qualname__}" for base in bases)
    return next((KINDS[name] for name in names if name in KINDS), None)


def _thread_is_alive(thread: Any) -> bool:
    thread.join(JOIN_SECONDS)
    return bool(thread.is_alive())


def _aiosqlite_is_open(connection: Any) -> bool:
    thread = getattr(connection, "_thread", connection)
    if not isinstance(thread, threading.Thread) or not _thread_is_alive(thread):
        return False
    connection.stop()  # Its thread would keep Python from exiting.
    return True


def _httpx_is_open(client: Any) -> bool:
    # Not `is_closed`, which is false before the first use, too.
    return getattr(getattr(client, "_state", None), "name", "") == "OPENED"


def _pool_is_open(pool: Any) -> bool:
    # Both are there until it is shut down; the processes only from the first job on.
    return bool(getattr(pool, "_processes", None))


def _no(_resource: Any) -> bool:
    return False


FILE = Kind(lambda file: not file.closed, of_package=_no)
KINDS = {
    "_io.BufferedRandom": FILE,
    "_io.BufferedReader": FILE,
    "_io.BufferedWriter": FILE,
    "_io.FileIO": FILE,
    "_io.TextIOWrapper": FILE,
    "aiohttp.client.ClientSession": Kind(lambda session: not session.closed, True),
    "aiosqlite.core.Connection": Kind(_aiosqlite_is_open, True),
    "asyncio.base_events.BaseEventLoop": Kind(
        lambda loop: not loop.is_closed(), of_package=_no
    ),
    "asyncpg.connection.Connection": Kind(
        lambda connection: not connection.is_closed(), True
    ),
    "concurrent.futures.process.ProcessPoolExecutor": Kind(
        _pool_is_open, of_package=_no
    ),
    "contextlib.AsyncExitStack": Kind(
        lambda stack: bool(getattr(stack, "_exit_callbacks", ())), silent=True
    ),
    "httpx.AsyncClient": Kind(_httpx_is_open, True, silent=True),
    "socket.socket": Kind(lambda socket: socket.fileno() != -1, of_package=_no),
    "subprocess.Popen": Kind(lambda process: process.poll() is None),
    "tempfile.TemporaryDirectory": Kind(
        lambda folder: Path(folder.name).exists(), of_package=_no, silent=True
    ),
    "tempfile._TemporaryFileWrapper": Kind(
        lambda file: not file.closed, of_package=_no, silent=True
    ),
    "threading.Thread": Kind(
        _thread_is_alive, of_package=lambda thread: not thread.daemon
    ),
}
