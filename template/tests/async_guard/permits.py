"""When a call that can block does not, by its arguments, and what ends within a short turn."""

import _thread
import os
import sys
from typing import Any

from .jobs import is_busy

LOOKS = 10
TURN = 0.001
"""Seconds between two looks at what somebody else is about to end: a short turn is no mistake."""


def first(*values: Any) -> Any:
    """Return the first of the arguments, however it was passed."""
    return values[0] if values else None


def never(*_args: Any, **_kwargs: Any) -> bool:
    """Tell that a call always blocks."""
    return False


def always(*_args: Any, **_kwargs: Any) -> bool:
    """Tell that neither a call blocks, nor what is called by it."""
    return True


def opens_at_once(*args: Any, **kwargs: Any) -> bool:
    """Tell whether a file is open already, or a time zone's.

    `zoneinfo` opens it in C, so no frame tells of it, and remembers what it says.
    """
    file = first(*args, *kwargs.values())
    zones = getattr(sys.modules.get("zoneinfo"), "TZPATH", ())
    return isinstance(file, int) or str(file).startswith(tuple(zones))


def is_descriptor(*args: Any, **kwargs: Any) -> bool:
    """Tell whether a file is open already: the system knows of it without the disk."""
    return isinstance(first(*args, *kwargs.values()), int)


def reads_at_once(file: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Tell whether a file gives what it has at once, and no more."""
    blocking = getattr(os, "get_blocking", always)
    return not blocking(file.fileno())


def is_non_blocking(sock: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Tell whether a socket takes or gives what it can at once."""
    return bool(sock.gettimeout() == 0)


def is_in_memory(*args: Any, **kwargs: Any) -> bool:
    """Tell whether a database has no file."""
    return ":memory:" in str(first(*args, *kwargs.values()))


def has_item(numbers: Any, block: bool = True, timeout: float | None = None) -> bool:
    """Tell whether a queue gives an item, or the lack of one, at once."""
    return not block or timeout == 0 or not numbers.empty()


def has_ended(process: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Tell whether a process is known to be over."""
    return process.returncode is not None


def is_over(thread: Any, timeout: float | None = None) -> bool:
    """Tell whether a thread is over, or has nothing to do but to end."""
    return timeout == 0 or not thread.is_alive() or not is_busy(thread)


def asks_only(_pid: int, options: int = 0) -> bool:
    """Tell whether a process is asked for, and not waited for."""
    return bool(options & getattr(os, "WNOHANG", 0))


def polls(_poll: Any, timeout: float | None = None) -> bool:
    """Tell whether something is asked for, and not waited for."""
    return timeout == 0


def selects(_read: Any, _write: Any, _error: Any, timeout: float | None = None) -> bool:
    """Tell whether files are asked for, and not waited for."""
    return timeout == 0


def locks_at_once(_file: Any, operation: int, *_args: Any) -> bool:
    """Tell whether a file is locked at once, or not at all, or given free."""
    fcntl = sys.modules["fcntl"]
    return bool(operation & (fcntl.LOCK_NB | fcntl.LOCK_UN))


def is_free(
    lock: Any,
    blocking: bool = True,
    timeout: float | None = -1,
    *,
    block: bool = True,  # As `multiprocessing` calls it.
) -> bool:
    """Tell whether a lock is had, or not had, at once."""
    if not (blocking and block) or timeout == 0:
        return True
    if isinstance(lock, _thread.LockType):
        return not lock.locked()
    if taken := lock.acquire(False):  # It may be this thread's own, and had again.
        lock.release()
    return bool(taken)


def is_had_soon(lock: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Wait a short turn for a lock, and tell whether it is free then."""
    taken = any(lock.acquire(True, TURN) for _ in range(LOOKS))
    if taken:
        lock.release()
    return taken


def is_over_soon(thread: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Wait a short turn for a thread, and tell whether it is over then."""
    return any(thread.join(TURN) or is_over(thread) for _ in range(LOOKS))
