"""Calls of the package that block the event loop: the functions are those of blockbuster's list.

The nearest code of the project's own decides: the package must not block, a test may, and so
may a test's stub that the package calls.
"""

import asyncio
import inspect
import linecache
import os
import socket
import sys
import threading
from functools import partial
from types import FrameType
from typing import Any

from blockbuster import BlockBuster, BlockBusterFunction

from .deadline import is_debugged
from .findings import Findings
from .observe import Observers
from .own_code import Owner, frames

ASYNC = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
# What blockbuster does not list.
MORE_FUNCTIONS = (
    "os.chmod", "os.utime", "select.select", "socket.getaddrinfo", "socket.getnameinfo",
    "socket.gethostbyname", "subprocess.Popen.communicate", "subprocess.Popen.wait",
    "threading.Thread.join",
)  # fmt: skip
HARMLESS = (
    "os.getcwd", "os.path.abspath", "os.path.sameopenfile", "os.path.samestat", "os.scandir",
)  # fmt: skip
EVENTS = ("open", "os.scandir", "os.system", "socket.connect", "sqlite3.connect")
LIBRARIES_MAY = {"os.access", "os.path.islink", "os.readlink", "os.stat"}
LIBRARIES_MAY |= {*MORE_FUNCTIONS, *EVENTS}  # Of their own files, only what they read counts.
# Modules that open a file once and remember it, or watch a program.
EXCUSED = (
    "_pytest", "IPython", "ast", "bdb", "code", "coverage", "debugpy", "gettext", "importlib",
    "inspect", "linecache", "logging", "mimetypes", "multiprocessing", "pdb", "platform",
    "pydevd", "tokenize", "traceback", "uuid", "zoneinfo",
)  # fmt: skip
STARTING = [  # What waits for the start of something, and no longer.
    ("concurrent/futures/process.py", {"shutdown", "submit", "wakeup"}),
    ("concurrent/futures/thread.py", {"submit"}),
    ("ssl.py", {"get_default_verify_paths"}),
    ("subprocess.py", {"__init__"}),
    ("tempfile.py", {"_gettempdir"}),
    ("threading.py", {"start"}),
]
SHORT_WAIT_SECONDS = 0.01  # For which a lock, or a thread, may be waited for.
FIX = "call it through `await asyncio.to_thread(…)`, or use an async library"


class Blocking:
    """Reports each call that blocks, and lets it go on."""

    def __init__(self, findings: Findings, observers: Observers) -> None:
        self._findings = findings
        self._thread = threading.local()  # Whether it judges a call: what that calls is not one.
        functions = BlockBuster().functions
        functions |= {name: BlockBusterFunction(None, name) for name in MORE_FUNCTIONS}
        for name, function in functions.items():
            if name not in HARMLESS and function.original_func is not None:
                notify = partial(self._look_up, name, function)
                observers.add(function.module, function.func_name, notify)
        for event in EVENTS:
            observers.audit(event, partial(self._event, event))

    def _look_up(self, name: str, function: Any, instance: Any, original: Any) -> Any:
        """Return what judges a call by its arguments, and then makes it, if it may block."""
        if not self._blocks(name, sys._getframe(2), function.can_block_functions):
            return None
        given = () if instance is None else (instance,)

        def judge(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            frame = sys._getframe(1)
            ends = partial(ends_soon, name, function, *given, *args, **kwargs)
            if self._blocks(name, frame, function.can_block_functions, ends):
                self._add(name, frame)
            return original(*args, **kwargs)

        return judge

    def _event(self, name: str, subject: Any, *_: Any) -> None:
        frame = sys._getframe(1)
        if not isinstance(subject, int) and self._blocks(name, frame):
            zones = getattr(sys.modules.get("zoneinfo"), "TZPATH", ())  # It remembers what it read.
            path = os.fsdecode(subject) if isinstance(subject, bytes) else str(subject)
            at_once = isinstance(subject, socket.socket) and subject.gettimeout() == 0
            if not at_once and not path.startswith((":memory:", *zones)):
                self._add(name, frame)

    def _add(self, name: str, frame: FrameType) -> None:
        lines = self._findings.own.stack(frame).lines
        self._findings.add("blocking", f"{name}() blocked the event loop", FIX, lines)

    def _blocks(self, name: str, frame: FrameType, allowed: Any = (), ends: Any = bool) -> bool:
        """Return whether a call is the package's own, and blocks the running event loop."""
        if asyncio._get_running_loop() is None or getattr(self._thread, "judges", False):
            return False
        self._thread.judges = True
        try:
            return (
                "blocking" not in self._findings.off
                and self._is_held(name, frame, [*allowed, *STARTING])
                and (name not in LIBRARIES_MAY or self._findings.own.stack(frame).is_direct)
                and not is_debugged()
                and not ends()
            )
        finally:
            self._thread.judges = False

    def _is_held(self, name: str, frame: FrameType, allowed: Any) -> bool:
        """Return whether the nearest async code of the project's is the package's.

        It is not, where a call is made on behalf of what must block at times.
        """
        # A file writes what is left in its buffer when it is closed.
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno) or "write"
        if name.endswith(".write") and "write" not in line:
            return False
        in_package = False
        for one in frames(frame):
            file, called = one.f_code.co_filename.replace("\\", "/"), one.f_code.co_name
            owner = self._findings.own.owner(one.f_code.co_filename)
            module = str(one.f_globals.get("__name__")).partition(".")[0]
            if owner is Owner.TESTS or file.startswith("<frozen importlib"):
                return False  # All that the code of a module does is done once.
            if owner is Owner.PACKAGE:
                in_package = True
                if one.f_code.co_flags & ASYNC:
                    return True
            elif not in_package and (
                module in EXCUSED
                or (module == "asyncio" and "socket" not in name)
                or any(file.endswith(end) and called in names for end, names in allowed)
            ):
                return False
        return in_package


def ends_soon(name: str, function: Any, *args: Any, **kwargs: Any) -> bool:
    """Return whether a call does not block, or for no longer than a short turn."""
    timeout = kwargs.get("timeout", args[-1] if args else None)
    if type(timeout) in (int, float) and timeout == 0:
        return True
    if function.can_block_predicate(*args, **kwargs):
        return True
    if name.startswith("threading.Lock") and args[0].acquire(True, SHORT_WAIT_SECONDS):
        args[0].release()
        return True
    if name == "threading.Thread.join":
        if args[0].is_alive():
            args[0].join(SHORT_WAIT_SECONDS)
        return not args[0].is_alive()
    return name.startswith("subprocess.Popen") and args[0].returncode is not None
