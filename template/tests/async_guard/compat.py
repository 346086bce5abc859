"""Private parts of other libraries, each with the check that needs it, and can do without."""

import asyncio
import sys
import threading
from collections import deque
from typing import Any

WARN_UNAWAITED = "_warn_unawaited_coroutine"  # Of `warnings`, what Python calls: `coroutines`.
LOOP_FACTORY = "_asyncio_loop_factory"  # The fixture by which pytest-asyncio makes a test's loop.
running_loop = asyncio._get_running_loop  # Or None: `blocking`, `resources`.
ASYNCIO = asyncio.__path__[0]
LOOPS_OWN = ("_accept_connection2", "_connect_pipes", "accept_coro")  # Its tasks' coroutines.
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


def missing_for_shuffle() -> str:
    """Return the names of what `--async-shuffle` needs, and this version lacks."""
    loop = asyncio.SelectorEventLoop()
    loop.close()
    parts = (
        (loop, "_run_once"),
        (loop, "_ready"),
        (asyncio.Handle, "_callback"),
        (sys.modules.get("pytest_asyncio.plugin"), LOOP_FACTORY),
    )
    return ", ".join(name for owner, name in parts if not hasattr(owner, name))


def ready(loop: Any) -> "deque[Any]":
    """Return the queue of what a loop is to call next: `--async-shuffle`."""
    return loop._ready  # type: ignore[no-any-return]


def replace_runs(loop: Any, run_forever: Any, run_once: Any) -> tuple[Any, Any]:
    """Have other functions run a loop and take its turns; return its own: `--async-shuffle`."""
    own = loop.run_forever, loop._run_once
    loop.run_forever, loop._run_once = run_forever, run_once
    return own


def task_of(handle: Any) -> Any:
    """Return the task whose next step a handle is, or None for a plain callback.

    A task of the loop's own, such as one that accepts a connection, is not one to shuffle.
    """
    callback = getattr(handle, "_callback", None)
    task: Any = getattr(callback, "__self__", None)
    if not hasattr(task, "get_coro") or hasattr(task, getattr(callback, "__name__", "-")):
        return None
    code = getattr(task.get_coro(), "cr_code", None)
    is_loops = code and code.co_name in LOOPS_OWN and code.co_filename.startswith(ASYNCIO)
    return None if is_loops else task
