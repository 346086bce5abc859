"""What a person would call a task or a resource."""

import asyncio
import gc
import inspect
import io
import subprocess
import threading
from typing import Any


def task_name(task: Any) -> str:
    """Return the name of a task's coroutine."""
    coroutine = coroutine_of(task)
    return f"{getattr(coroutine, '__qualname__', type(coroutine).__name__)}()"


def coroutine_of(task: Any) -> Any:
    """Return the coroutine of a task, if it still has one.

    A task that was over at its eager start has none, and Python 3.12.1 crashes if asked for it.
    """
    if not isinstance(task, asyncio.Task):
        return None
    if not task.done():
        return task.get_coro()
    return next(filter(inspect.iscoroutine, gc.get_referents(task)), None)


def shown(error: BaseException) -> str:
    """Return an exception as a person would read it, even where it cannot tell of itself."""
    try:
        return repr(error)
    except Exception:  # noqa: BLE001 - whatever its author did
        return type(error).__name__


def described(resource: Any) -> str:
    """Return what a resource is, and which one, where it has a name."""
    if isinstance(resource, threading.Thread):
        return f"the thread {resource.name}"
    if isinstance(resource, subprocess.Popen):
        return f"the process {resource.args!r}"
    if isinstance(resource, io.IOBase):
        return f"the file {getattr(resource, 'name', '')!r}"
    kind = next(
        base for base in type(resource).__mro__ if not hasattr(base, "async_guard")
    )
    library = kind.__module__.partition(".")[0].lstrip("_")
    return f"{library}.{kind.__name__}"
