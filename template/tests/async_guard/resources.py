"""What a test has opened, and is still open when the test is over, each with its line."""

import asyncio
import io
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from . import compat
from .findings import Findings
from .observe import Observers
from .own_code import Line, Owner, Stack


class Kind(NamedTuple):
    """A kind of resource: what opens it, and whether one is open."""

    owner: Any
    is_open: Callable[[Any], bool] | None  # None: only its line is needed, since it warns.
    fix: str = "close it, best with `with` or `async with`"
    by_library: bool = False  # Whether it counts too where the package or a library opened it.
    is_silent: bool = False  # Whether nothing warns of it when it is dropped.


def _is_alive(thread: Any) -> bool:
    thread.join(compat.JOIN_SECONDS)
    return bool(thread.is_alive())


def _is_connection_open(connection: Any) -> bool:
    try:
        return bool(connection.total_changes >= 0)
    except sqlite3.ProgrammingError:  # It is closed, or another thread's.
        return False


WRITER = "`writer.close()`, then `await writer.wait_closed()`"
SERVER = "use `async with server`, or `server.close()` and `await server.wait_closed()`"
POOL = "use `with`, or `shutdown()`"
KINDS = (  # Where one opens another on the same line, the first of them is reported.
    Kind(asyncio.BaseEventLoop, lambda loop: not loop.is_closed(), "`loop.close()`"),
    Kind(asyncio.StreamWriter, lambda writer: not writer.is_closing(), WRITER),
    Kind(asyncio.Server, lambda server: bool(server.is_serving()), SERVER),
    Kind(subprocess.Popen, lambda process: process.poll() is None, "end it, and wait", True),
    Kind(asyncio.BaseTransport, lambda one: not one.is_closing(), "`transport.close()`"),
    Kind(ThreadPoolExecutor, compat.is_pool_open, POOL),
    Kind(ProcessPoolExecutor, compat.is_pool_open, POOL),
    Kind(socket.socket, lambda sock: sock.fileno() != -1),
    Kind(threading.Thread, _is_alive, "have it end, and `join()` it"),
    Kind(tempfile.TemporaryDirectory, lambda one: Path(one.name).exists(), is_silent=True),
    Kind(compat.TemporaryFile, lambda file: not file.closed, is_silent=True),
)
with os.scandir() as _listing:
    LISTING = type(_listing)
FILE = Kind(io.IOBase, None)
CONNECTION = Kind(sqlite3.Connection, _is_connection_open, "`connection.close()`")
LIBRARIES = (
    ("aiohttp", "ClientSession", lambda session: not session.closed),
    ("aiohttp.connector", "Connection", None),
    ("aiosqlite", "Connection", compat.is_aiosqlite_open),
    ("asyncpg", "Connection", lambda connection: not connection.is_closed()),
    ("httpx", "AsyncClient", compat.is_httpx_open),
    ("httpx2", "AsyncClient", compat.is_httpx_open),
)
POOLING = {threading.Thread: "concurrent.", ThreadPoolExecutor: "asyncio."}


class Opened(NamedTuple):
    """One that a test has to close, a fixture for many tests, or their event loop."""

    resource: Callable[[], Any]
    kind: Kind
    stack: Stack
    fixture: Any
    loop: Callable[[], asyncio.AbstractEventLoop | None]

    def goes_on(self) -> bool:
        """Return whether the fixture or the loop goes on that it was opened for."""
        loop = self.loop()
        shared = self.fixture is not None and self.fixture.cached_result is not None
        return shared or (loop is not None and not loop.is_closed())


class Resources:
    """Remembers what is opened until it is judged."""

    def __init__(self, findings: Findings, observers: Observers) -> None:
        self._findings = findings
        self._observers = observers
        self._kinds: list[Kind] = []
        self._modules = 0
        self._opened: list[Opened] = []
        self._stacks: dict[Any, Stack] = {}  # By a resource's address, or a file's name and mode.
        self._shared: set[Any] = set()  # Those of them that were opened for many tests.
        self._first: dict[Line, Kind] = {}  # The first kind that was opened on a line.
        self._reported: list[Any] = []  # Never dropped: Python would warn in a later test.
        for kind in KINDS:
            self._observe(kind)
        observers.audit("open", self._open_file)
        observers.audit("os.scandir", lambda _: self._open_file(LISTING))
        observers.audit("sqlite3.connect/handle", self._connect)

    def begin(self) -> None:
        """Forget what was opened before the test; observe the libraries imported by now."""
        if self._stacks:
            self._opened = [one for one in self._opened if one.goes_on()]
            self._stacks = {key: self._stacks[key] for key in self._shared}
        if self._modules != len(sys.modules):
            self._modules = len(sys.modules)
            for module, name, is_open in LIBRARIES:
                owner = getattr(sys.modules.get(module), name, None)
                known = [kind.owner for kind in self._kinds]
                if issubclass(type(owner), type) and owner not in known:  # And no mock.
                    silent = is_open is compat.is_httpx_open
                    self._observe(Kind(owner, is_open, by_library=True, is_silent=silent))

    def judge(self) -> None:
        """Report what is open, of what no fixture goes on with; let go of it."""
        opened, self._opened = self._opened, []
        for one in opened:
            if one.goes_on():
                self._opened.append(one)
            elif (resource := one.resource()) is not None and is_open(one.kind, resource):
                self._reported.append(resource)
                self._note(resource, one.kind, one.stack)

    def dropped(self, resource: Any, warning: object) -> None:
        """Report what Python warns of, since it is dropped while it is open."""
        kinds = (kind for kind in self._kinds if isinstance(resource, kind.owner))
        kind = next(kinds, FILE)
        name, mode = getattr(resource, "name", type(resource)), getattr(resource, "mode", "")
        stack = self._stacks.get(id(resource)) or self._stacks.get(file_key(name, mode))
        if stack and (first := self._first.get(stack.lines[0])):
            kind = min(kind, first, key=self._rank)
        self._note(resource, kind, stack, warning)
        if kind.is_open is compat.is_aiosqlite_open:
            is_open(kind, resource)  # The error kept it from ending its thread.

    def _note(self, resource: Any, kind: Kind, stack: Stack | None, warning: object = "") -> None:
        what = f"left open: {warning if resource is None else described(resource)}"
        lines = stack.lines if stack else ()
        self._findings.add("resources", what, kind.fix, lines, self._rank(kind))

    def _rank(self, kind: Kind) -> int:
        return self._kinds.index(kind) if kind in self._kinds else len(self._kinds)

    def _observe(self, kind: Kind) -> None:
        self._kinds.insert(len(self._kinds) if kind in KINDS else 0, kind)
        method = "start" if kind.owner is threading.Thread else "__init__"
        self._observers.add(kind.owner, method, partial(self._open, kind))
        if kind.is_silent:
            self._observers.put(kind.owner, "__del__", lambda one: self._drop(kind, one))

    def _drop(self, kind: Kind, resource: Any) -> None:
        if (stack := self._stacks.get(id(resource))) and is_open(kind, resource):
            self._note(resource, kind, stack)

    def _open(self, kind: Kind, resource: Any, _: Any) -> None:
        frame = sys._getframe(2)
        stack = self._findings.own.stack(frame)
        if stack.lines and self._findings.test is not None:
            self._know(id(resource), stack)
            line = stack.lines[0]
            self._first[line] = min(self._first.get(line, kind), kind, key=self._rank)
            # A loop ends its pool, and a pool its threads.
            pooled = str(frame.f_globals.get("__name__")).startswith(POOLING.get(kind.owner, "-"))
            by_test = stack.is_direct and self._is_test(stack) and not pooled
            if kind.is_open and (kind.by_library or by_test):
                self._remember(weakref.ref(resource), kind, stack)

    def _connect(self, connection: Any) -> None:
        stack = self._findings.own.stack(sys._getframe(1))
        if stack.is_direct and self._findings.test is not None:
            self._remember(lambda: connection, CONNECTION, stack)

    def _open_file(self, name: Any, mode: Any = "", *_: Any) -> None:
        stack = self._findings.own.stack(sys._getframe(1))
        key = file_key(name, mode)
        if stack.is_direct and self._findings.test is not None and key not in self._stacks:
            self._know(key, stack)

    def _know(self, key: Any, stack: Stack) -> None:
        self._stacks[key] = stack
        if self._findings.shared is not None:
            self._shared.add(key)

    def _is_test(self, stack: Stack) -> bool:
        return self._findings.own.owner(stack.lines[0].file) is Owner.TESTS

    def _remember(self, resource: Callable[[], Any], kind: Kind, stack: Stack) -> None:
        running = asyncio._get_running_loop()
        loop = weakref.ref(running) if running else lambda: None
        self._opened.append(Opened(resource, kind, stack, self._findings.shared, loop))


def is_open(kind: Kind, resource: Any) -> bool:
    """Return whether a resource is open; one that was never quite open is not."""
    try:
        return kind.is_open is not None and kind.is_open(resource)
    except Exception:  # noqa: BLE001 - whatever it lacks
        return False


def file_key(name: Any, mode: Any) -> tuple[Any, bool]:
    """Return a key for a file as it was opened: by its name, and whether it can be written."""
    name = os.fsdecode(name) if isinstance(name, bytes) else name
    return name, bool({*str(mode)} & {*"+awx"})


def described(resource: Any) -> str:
    """Return the class of a resource, as it is imported, and the name of a file."""
    kind, name = type(resource), getattr(resource, "name", None)
    module = kind.__module__.lstrip("_").partition(".")[0]
    return f"{module}.{kind.__qualname__}" + (f" {name!r}" if isinstance(name, str) else "")
