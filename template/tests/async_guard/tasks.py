"""Tasks left running: what is said of one, and how a loop gets rid of it."""

import asyncio
import ctypes
from collections.abc import Callable
from typing import Any

from . import private
from .deadline import lines_of_await
from .findings import Findings
from .lost import task_origin
from .names import task_name

Tasks = set[asyncio.Task[Any]]

ROUNDS = 50
"""How often a loop comes round for tasks that are about to end."""


def note(findings: Findings, task: asyncio.Task[Any]) -> None:
    """Note a task that was left running."""
    lines = [*task_origin(task), *lines_of_await(task.get_coro())]
    if not findings.own.innermost(lines):
        return  # A library's own task: what keeps it is noted as a resource.
    if task.cancelling():
        what = f"the task {task_name(task)} was cancelled, and goes on"
        mend = (
            "await it after `cancel()`; raise `CancelledError` again where it is caught"
        )
    else:
        what = f"the task {task_name(task)} was left running"
        mend = "await it, cancel and await it, or start it in an `asyncio.TaskGroup`"
    findings.add("tasks", what, mend, lines)


async def come_round(enough: Callable[[], bool] = lambda: False) -> None:
    """Let a loop come round some times, until it is enough."""
    for _ in range(ROUNDS):
        if enough():
            break
        await asyncio.sleep(0)


def abandon(task: asyncio.Task[Any]) -> None:
    """Leave a task that does not end: never run again, never closed, since that may hang."""
    unregister = getattr(private.UNREGISTER.owner, private.UNREGISTER.name, None)
    if unregister:
        unregister(task)
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(task))
