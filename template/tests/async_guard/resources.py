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
from .own_code import Owner, Stack


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
NOTHING: Callable[[], None] = lambda: None  # noqa: E731
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
    """Where one was opened, and for what: a test, a fixture for many, or an event loop."""

    kind: Kind
    stack: Stack
    resource: Callable[[], Any]  # Gives None where only the line is needed.
    fixture: Any
    loop: Callable[[], asyncio.AbstractEventLoop | None]

    def goes_on(self) -> bool:
        """Return whether the fixture or the loop goes on that it was opened for."""
        if self.fixture is not None and self.fixture.cached_result is not None:
            return True
        loop = self.loop()
        return loop is not None and not loop.is_closed() and self.resource() is not None

    def is_client(self) -> bool:
        """Return whether it belongs to a library that is not Python's own."""
        return self.kind not in (*KINDS, CONNECTION)


class Resources:
    """Remembers what is opened until it is judged."""

    def __init__(self, findings: Findings, observers: Observers) -> None:
        self._findings = findings
        self._observers = observers
        self._kinds: list[Kind] = []
        self._modules = 0
        # By a resource's address, or a file's name and mode.
        self._opened: dict[Any, Opened] = {}
        self._reported: list[Any] = []  # Never dropped: Python would warn in a later test.
        for kind in KINDS:
            self._observe(kind)
        observers.audit("open", self._open_file)
        observers.audit("os.scandir", lambda _: self._open_file(LISTING))
        observers.audit("sqlite3.connect/handle", self._connect)

    def opened(self) -> dict[Any, Opened]:
        """Return what is remembered by now."""
        return {**self._opened}

    def begin(self) -> None:
        """Forget what was opened before the test; observe the libraries imported by now."""
        self._opened = {key: one for key, one in self._opened.items() if one.goes_on()}
        if self._modules != len(sys.modules):
            self._modules = len(sys.modules)
            for module, name, is_open in LIBRARIES:
                owner = getattr(sys.modules.get(module), name, None)
                known = [kind.owner for kind in self._kinds]
                if issubclass(type(owner), type) and owner not in known:  # And no mock.
                    silent = is_open is compat.is_httpx_open
                    self._observe(Kind(owner, is_open, by_library=True, is_silent=silent))

    def judge(self, before: dict[Any, Opened] | None = None) -> None:
        """Report what is open, of what no fixture goes on with.

        Of what was opened since an earlier time, a client of a library may be kept.
        """
        for key, one in [*self._opened.items()]:
            if one.goes_on() if before is None else before.get(key) is one or one.is_client():
                continue
            if (resource := one.resource()) is not None and is_open(one.kind, resource):
                self._reported.append(resource)
                self._note(resource, one.kind, one.stack)

    def dropped(self, resource: Any, warning: object) -> None:
        """Report what Python warns of, since it is dropped while it is open."""
        kind = next((one for one in self._kinds if isinstance(resource, one.owner)), FILE)
        name, mode = getattr(resource, "name", type(resource)), getattr(resource, "mode", "")
        opened, stack = self._opened, None
        if one := opened.get(id(resource)) or opened.get(file_key(name, mode)):
            stack = one.stack
            same_line = [a.kind for a in opened.values() if a.stack.lines[0] == stack.lines[0]]
            kind = min(kind, *same_line, key=self._rank)
        self._note(resource, kind, stack, warning)
        if kind.is_open is compat.is_aiosqlite_open:
            is_open(kind, resource)  # The error kept it from ending its thread.

    def _note(self, resource: Any, kind: Kind, stack: Stack | None, warning: object = "") -> None:
        if resource is not None:
            name = getattr(resource, "name", None)
            module = type(resource).__module__.lstrip("_").partition(".")[0]
            warning = f"{module}.{type(resource).__qualname__}"
            warning += f" {name!r}" if isinstance(name, str) else ""
        lines = stack.lines if stack else ()
        what = f"left open: {warning}"
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
        if (opened := self._opened.get(id(resource))) and is_open(kind, resource):
            self._note(resource, kind, opened.stack)

    def _open(self, kind: Kind, resource: Any, _: Any) -> None:
        frame = sys._getframe(2)
        stack = self._findings.own.stack(frame)
        # A loop ends its pool, and a pool its threads.
        pooled = str(frame.f_globals.get("__name__")).startswith(POOLING.get(kind.owner, "-"))
        by_test = stack.is_direct and not pooled and self._is_test(stack)
        judged = kind.is_open and (kind.by_library or by_test)
        self._know(id(resource), kind, stack, weakref.ref(resource) if judged else NOTHING)

    def _connect(self, connection: Any) -> None:
        stack = self._findings.own.stack(sys._getframe(1))
        if stack.is_direct:
            self._know(id(connection), CONNECTION, stack, lambda: connection)

    def _open_file(self, name: Any, mode: Any = "", *_: Any) -> None:
        stack = self._findings.own.stack(sys._getframe(1))
        if stack.is_direct:
            self._know(file_key(name, mode), FILE, stack, NOTHING)

    def _is_test(self, stack: Stack) -> bool:
        return self._findings.own.owner(stack.lines[0].file) is Owner.TESTS

    def _know(self, key: Any, kind: Kind, stack: Stack, resource: Callable[[], Any]) -> None:
        if stack.lines and self._findings.test is not None:
            running = asyncio._get_running_loop()
            loop = weakref.ref(running) if running else NOTHING
            self._opened[key] = Opened(kind, stack, resource, self._findings.shared, loop)


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
