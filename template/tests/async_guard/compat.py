"""Private parts of other libraries, each with the check that needs it, and can do without."""

import asyncio
import threading
from typing import Any

WARN_UNAWAITED = "_warn_unawaited_coroutine"  # Of `warnings`, what Python calls: `coroutines`.
LOOP_FACTORY = "_asyncio_loop_factory"  # The fixture by which pytest-asyncio makes a test's loop.
running_loop = asyncio._get_running_loop  # Or None: `blocking`, `resources`.
JOIN_SECONDS = 0.2  # How long a thread that was told to end may take to do so.


def abandon(task: Any) -> None:
    """Have asyncio forget a task that does not end, so that its loop can close: `deadline`."""
    getattr(asyncio.tasks, "_unregister_task", id)(task)


def is_pool_open(pool: Any) -> bool:
    """Return whether an executor began threads or processes and has them: `resources`."""
    threads = getattr(pool, "_threads", ()) and not getattr(pool, "_shutdown", True)
    return bool(threads or getattr(pool, "_processes", None))


def is_aiosqlite_open(connection: Any) -> bool:
    """Return whether a connection's thread runs, and end it, for Python to exit: `resources`."""
    thread = getattr(connection, "_thread", connection)
    if not isinstance(thread, threading.Thread):
        return False
    thread.join(JOIN_SECONDS)
    if alive := thread.is_alive():
        connection.stop()
    return alive


def is_httpx_open(client: Any) -> bool:
    """Return whether a client was used and is open, which `is_closed` cannot say: `resources`."""
    return getattr(getattr(client, "_state", None), "name", "") == "OPENED"
