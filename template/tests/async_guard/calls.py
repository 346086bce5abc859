"""Calls that block the event loop and that blockbuster does not know, and when they do not."""

import builtins
import io
import os
import queue
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from time import sleep
from typing import Any

OPENING = {"builtins.open", "io.open"}
ACQUIRING = {"threading.Lock.acquire", "threading.Lock.acquire_lock"}
PATIENCE = 0.01
"""Seconds for which a lock may be taken by somebody else: a short turn is no mistake."""


def never(*_args: Any, **_kwargs: Any) -> bool:
    """Tell that a call always blocks."""
    return False


def is_time_zone(file: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Tell whether a file is opened by `zoneinfo`, which leaves no frame and remembers it."""
    return "/zoneinfo/" in str(file)


def has_item(numbers: Any, block: bool = True, timeout: float | None = None) -> bool:
    """Tell whether a queue gives an item, or the lack of one, at once."""
    return not block or timeout == 0 or not numbers.empty()


def has_ended(process: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Tell whether a process is known to be over."""
    return process.returncode is not None


def is_over(thread: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Tell whether a thread is over."""
    return not thread.is_alive()


def asks_only(_pid: int, options: int = 0) -> bool:
    """Tell whether a process is asked for, and not waited for."""
    return bool(options & getattr(os, "WNOHANG", 0))


def is_free_soon(lock: Any, *_args: Any, **_kwargs: Any) -> bool:
    """Wait a little for a lock, and tell whether it is free then."""
    patience = time.monotonic() + PATIENCE
    while lock.locked() and time.monotonic() < patience:
        sleep(PATIENCE / 10)
    return not lock.locked()


CALLS: tuple[tuple[Any, str, Callable[..., bool]], ...] = (
    (builtins, "open", is_time_zone),
    (io, "open", is_time_zone),
    (os, "system", never),
    (os, "waitpid", asks_only),
    (queue.SimpleQueue, "get", has_item),
    (socket, "getaddrinfo", never),
    (socket, "gethostbyname", never),
    (subprocess.Popen, "communicate", never),
    (subprocess.Popen, "wait", has_ended),
    (threading.Thread, "join", is_over),
)
"""Who has the function, its name, and what tells that a call of it does not block."""
