"""Private parts of other libraries, each with the check that needs it.

Where a version lacks one, the check goes on without it, and the summary says so.
"""

import asyncio
import tempfile
import threading
import warnings
from typing import Any

WARN_UNAWAITED = "_warn_unawaited_coroutine"
PARTS = (  # Owner, name, and what follows where it is missing.
    (warnings, WARN_UNAWAITED, "coroutines: Python's warning shows where each was made"),
    (asyncio.Task, "_log_traceback", "exceptions: none is seen in a task that is kept"),
    (asyncio.tasks, "_unregister_task", "deadline: a task may keep its loop from closing"),
)
TemporaryFile: Any = getattr(tempfile, "_TemporaryFileWrapper", Exception)
JOIN_SECONDS = 0.2  # How long a thread that was told to end may take to do so.


def missing() -> list[str]:
    """Return a line for each part that this Python lacks."""
    return [text for owner, name, text in PARTS if not hasattr(owner, name)]


def has_unseen_exception(task: Any) -> bool:
    """Return whether a task failed, and its exception was never retrieved: `exceptions`."""
    return bool(getattr(task, "_log_traceback", False))


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
