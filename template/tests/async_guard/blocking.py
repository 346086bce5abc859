"""Calls of the package that block the event loop: the functions are those of blockbuster's list.

The nearest code of the project's own decides: the package must not block, a test may, and so
may a test's stub that the package calls.
"""

import asyncio
import inspect
import linecache
import sys
from functools import partial
from traceback import walk_stack
from types import FrameType
from typing import Any

from blockbuster import BlockBuster, BlockBusterFunction

from .deadline import is_debugged
from .findings import Findings
from .observe import Observers
from .own_code import Owner

ASYNC = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
# What blockbuster does not list.
MORE_FUNCTIONS = (
    "builtins.open", "io.open", "os.chmod", "os.system", "os.utime", "select.select", "socket.getaddrinfo",
    "socket.getnameinfo", "socket.gethostbyname", "sqlite3.connect",
    "subprocess.Popen.communicate", "subprocess.Popen.wait", "threading.Thread.join",
)  # fmt: skip
HARMLESS = ("os.getcwd", "os.path.abspath", "os.path.sameopenfile", "os.path.samestat")
# Of a library's own files, only what it reads counts.
LIBRARIES_MAY = {"os.access", "os.path.islink", "os.readlink", "os.scandir", "os.stat"}
LIBRARIES_MAY.update(MORE_FUNCTIONS)
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
FIX = "call it through `await asyncio.to_thread(…)`, or use an async library"
SHORT_WAIT_SECONDS = 0.01  # For which a lock, or a thread, may be waited for.


class Blocking:
    """Reports each call that blocks, and lets it go on."""

    def __init__(self, findings: Findings, observers: Observers) -> None:
        self._findings = findings
        functions = BlockBuster().functions
        functions |= {name: BlockBusterFunction(None, name) for name in MORE_FUNCTIONS}
        for name, function in functions.items():
            if name not in HARMLESS and function.original_func is not None:
                notify = partial(self._look_up, name, function)
                observers.add(function.module, function.func_name, notify)

    def _look_up(self, name: str, function: Any, instance: Any, original: Any) -> Any:
        """Return what judges a call by its arguments, and then makes it, if it may block."""
        if not self._blocks(name, function, sys._getframe(2)):
            return None
        given = () if instance is None else (instance,)

        def judge(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            frame = sys._getframe(1)
            if self._blocks(name, function, frame) and not ends_soon(
                name, function, *given, *args, **kwargs
            ):
                lines = self._findings.own.stack(frame).lines
                self._findings.add("blocking", f"{name}() blocked the event loop", FIX, lines)
            return original(*args, **kwargs)

        return judge

    def _blocks(self, name: str, function: Any, frame: FrameType) -> bool:
        """Return whether a call is the package's own, and may block the running event loop."""
        return (
            asyncio._get_running_loop() is not None
            and "blocking" not in self._findings.off
            and self._is_held(name, frame, [*function.can_block_functions, *STARTING])
            and (name not in LIBRARIES_MAY or self._findings.own.stack(frame).is_direct)
            and not is_debugged()
        )

    def _is_held(self, name: str, frame: FrameType, allowed: Any) -> bool:
        """Return whether the nearest async code of the project's is the package's.

        Calls for something that has to block at times do not count.
        """
        # A file writes what is left in its buffer when it is closed.
        if name.endswith(".write"):
            line = linecache.getline(frame.f_code.co_filename, frame.f_lineno) or "write"
            if "write" not in line:
                return False
        in_package = False
        for one, _ in walk_stack(frame):
            file, called = one.f_code.co_filename.replace("\\", "/"), one.f_code.co_name
            owner = self._findings.own.owner(one.f_code.co_filename)
            module = str(one.f_globals.get("__name__")).partition(".")[0]
            if module == __package__:  # What it calls to judge a call is not one.
                return in_package
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
    if name.endswith((".open", "sqlite3.connect")):
        zones = getattr(sys.modules.get("zoneinfo"), "TZPATH", ())  # It remembers what it read.
        return isinstance(args[0], int) or str(args[0]).startswith((":memory:", *zones))
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
