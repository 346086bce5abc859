"""Calls of blockbuster's list by which the package blocks the event loop; a test may do so."""

import inspect
import linecache
import sys
from functools import partial
from traceback import walk_stack
from types import FrameType
from typing import Any

from blockbuster import BlockBuster, BlockBusterFunction

from . import compat
from .findings import Findings
from .loops import is_debugged
from .observe import Observers
from .own_code import PACKAGE, TESTS

ASYNC = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
NOT_LISTED = (
    "builtins.open", "io.open", "os.chmod", "os.system", "os.utime", "select.select", "socket.getaddrinfo",
    "socket.getnameinfo", "socket.gethostbyname", "sqlite3.connect",
    "os.fsync", "os.open", "subprocess.Popen.communicate", "subprocess.Popen.wait", "threading.Thread.join",
)  # fmt: skip
HARMLESS = ("os.getcwd", "os.path.abspath", "os.path.sameopenfile", "os.path.samestat")
# Of a library's own files, only what it reads counts.
LIBRARY_MAY = (*NOT_LISTED, "os.access", "os.path.islink", "os.readlink", "os.scandir", "os.stat")
# Modules that open a file once and remember it.
EXCUSED = (
    "_pytest", "ast", "coverage", "gettext", "importlib", "inspect", "linecache", "logging",
    "mimetypes", "multiprocessing", "platform", "tokenize", "traceback", "uuid", "zoneinfo",
)  # fmt: skip
STARTING = [  # What waits for the start of something, and no longer.
    ("concurrent/futures/process.py", {"shutdown", "submit", "wakeup"}),
    ("ssl.py", {"get_default_verify_paths"}), ("subprocess.py", {"__init__"}),
    ("tempfile.py", {"_gettempdir"}), ("threading.py", {"start"}),
]  # fmt: skip
FIX = "call it through `await asyncio.to_thread(…)`, or use an async library"
SHORT_WAIT_SECONDS = 0.01  # For which a lock, or a thread, may be waited for.


class Blocking:
    """Reports each call that blocks, and lets it go on."""

    def __init__(self, findings: Findings, observers: Observers) -> None:
        self._findings = findings
        functions = BlockBuster().functions
        functions |= {name: BlockBusterFunction(None, name) for name in NOT_LISTED}
        for name, function in functions.items():
            if name not in HARMLESS and function.original_func is not None:
                allowed = [*function.can_block_functions, *STARTING]
                notify = partial(self._look_up, name, function, allowed)
                observers.add(function.module, function.func_name, notify)

    def _look_up(self, name: str, function: Any, allowed: Any, instance: Any, original: Any) -> Any:
        """Return what judges a call by its arguments, and then makes it, if it may block."""
        frame, findings = sys._getframe(2), self._findings
        if not compat.running_loop() or not self._held(name, frame, allowed):
            return None
        lines, is_direct = findings.own.stack(frame)
        if (name in LIBRARY_MAY and not is_direct) or is_debugged():
            return None
        given = [instance] * (instance is not None)

        def judge(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            if compat.running_loop() and not ends_soon(name, function, *given, *args, **kwargs):
                findings.add("blocking", f"{name}() blocked the event loop", FIX, lines)
            return original(*args, **kwargs)

        return judge

    def _held(self, name: str, frame: FrameType, allowed: Any) -> bool:
        """Return whether the nearest async code is the package's, and makes the call itself."""
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
            if owner is TESTS or file.startswith("<frozen importlib"):
                return False  # All that the code of a module does is done once.
            if owner is PACKAGE:
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
