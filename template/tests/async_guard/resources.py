"""What a test has opened, and is still open when the test is over, each with its line."""

import asyncio
import io
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from time import perf_counter
from traceback import walk_stack
from typing import Any, NamedTuple

from . import compat
from .findings import Findings
from .observe import Observers
from .own_code import Line, Owner


class Kind(NamedTuple):
    """A kind of resource: what opens it, and whether one is open."""

    owner: type
    is_open: Callable[[Any], Any] | None  # None: only its line is needed, since it warns.
    fix: str = "close it, best with `with` or `async with`"
    by: Owner = Owner.TESTS  # Whose direct calls count.
    is_silent: bool = False  # Whether nothing warns of it when it is dropped.
    opener: str = "__init__"  # The method that opens one; none where Python raises an event.


def _is_process_open(process: subprocess.Popen[Any]) -> bool:
    """Return whether a process goes on, and leave it to others to learn how it ended."""
    if not hasattr(os, "waitid"):
        return process.poll() is None
    look, until = os.WEXITED | os.WNOHANG | os.WNOWAIT, perf_counter() + compat.JOIN_SECONDS
    while process.returncode is None and not os.waitid(os.P_PID, process.pid, look):
        if perf_counter() > until:
            return True
    return False


def _is_transport_open(transport: asyncio.SubprocessTransport) -> bool:
    return not transport.is_closing() and _is_process_open(transport.get_extra_info("subprocess"))


def nothing() -> None:
    """Stand for a resource of which only the line is needed, or for no event loop."""


def _is_alive(thread: threading.Thread) -> bool:
    thread.join(compat.JOIN_SECONDS)
    return thread.is_alive()


WRITER = "`writer.close()`, then `await writer.wait_closed()`"
SERVER = "use `async with server`, or `server.close()` and `await server.wait_closed()`"
POOL = "use `with`, or `shutdown()`"
FILE = Kind(io.IOBase, None, opener="")
CONNECTION = Kind(
    sqlite3.Connection,
    lambda connection: connection.total_changes >= 0,  # If it is closed, it raises an error.
    "`connection.close()`",
    Owner.PACKAGE,
    is_silent=True,
    opener="",
)
KINDS = [  # Where one opens another on the same line, the first of them is reported.
    Kind(asyncio.BaseEventLoop, lambda loop: not loop.is_closed(), "`loop.close()`"),
    Kind(asyncio.StreamWriter, lambda writer: not writer.is_closing(), WRITER),
    Kind(asyncio.Server, lambda server: server.is_serving(), SERVER),
    Kind(subprocess.Popen, _is_process_open, "end it, and wait", Owner.LIBRARY),
    Kind(asyncio.SubprocessTransport, _is_transport_open, "end the process, and wait for it"),
    Kind(asyncio.BaseTransport, lambda one: not one.is_closing(), "`transport.close()`"),
    Kind(ThreadPoolExecutor, compat.is_pool_open, POOL),
    Kind(ProcessPoolExecutor, compat.is_pool_open, POOL),
    Kind(socket.socket, lambda sock: sock.fileno() != -1),
    Kind(threading.Thread, _is_alive, "have it end, and `join()` it", opener="start"),
    CONNECTION,
    FILE,
]
LIBRARIES = (  # The module, the class, whether one is open, and whether it is silent.
    ("aiohttp", "ClientSession", lambda session: not session.closed, False),
    ("aiohttp.connector", "Connection", None, False),
    ("aiosqlite", "Connection", compat.is_aiosqlite_open, False),
    ("asyncpg", "Connection", lambda connection: not connection.is_closed(), False),
    ("httpx", "AsyncClient", compat.is_httpx_open, True),
    ("httpx2", "AsyncClient", compat.is_httpx_open, True),
)
POOLING = {threading.Thread: "concurrent.", ThreadPoolExecutor: "asyncio."}


class Opened(NamedTuple):
    """Where one was opened, and for what: a test, a fixture for many, or an event loop."""

    kind: Kind
    lines: list[Line]
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
        return self.kind not in KINDS


class Resources:
    """Remembers what is opened until it is judged."""

    def __init__(self, findings: Findings, observers: Observers) -> None:
        self._findings = findings
        self._observers = observers
        self._kinds = KINDS.copy()
        self._modules = 0
        self._opened: dict[Any, Opened] = {}  # By a resource's address, or a file's name.
        self._reported: list[Any] = []  # Never dropped: Python would warn in a later test.
        for kind in KINDS:
            if kind.opener:
                observers.add(kind.owner, kind.opener, partial(self._open, kind))
        observers.audit({"open": self._open_file, "sqlite3.connect/handle": self._connect})

    def opened(self) -> dict[Any, Opened]:
        """Return what is remembered by now."""
        return {**self._opened}

    def begin(self) -> None:
        """Forget what was opened before the test; observe the libraries imported by now."""
        self._opened = {key: one for key, one in self._opened.items() if one.goes_on()}
        if self._modules != len(sys.modules):
            self._modules = len(sys.modules)
            for module, name, is_open, is_silent in LIBRARIES:
                owner: Any = getattr(sys.modules.get(module), name, None)
                known = [kind.owner for kind in self._kinds]
                if issubclass(type(owner), type) and owner not in known:  # And no mock.
                    kind = Kind(owner, is_open, by=Owner.LIBRARY, is_silent=is_silent)
                    self._kinds.insert(0, kind)
                    self._observers.add(owner, "__init__", partial(self._open, kind))

    def judge(self, before: dict[Any, Opened] | None = None) -> None:
        """Report what is still open, unless a fixture or a loop still uses it.

        Of what was opened since an earlier time, a client of a library may be kept.
        """
        for key, one in sorted(self._opened.items(), key=lambda it: self._kinds.index(it[1].kind)):
            if one.goes_on() if before is None else before.get(key) is one or one.is_client():
                continue
            if (resource := one.resource()) is not None and is_open(one.kind, resource):
                self._reported.append(resource)
                self._note(resource, one.kind, one.lines)

    def dropped(self, resource: Any, warning: object) -> None:
        """Report what Python warns of, since it is dropped while it is open."""
        name = repr(getattr(resource, "name", None))
        kinds = [kind for kind in self._kinds if isinstance(resource, kind.owner)] or [FILE]
        opened = self._opened.get(id(resource)) or self._opened.get(name)
        lines = opened.lines if opened else []
        if opened:  # What was opened at the same line may have opened it.
            kinds += [one.kind for one in self._opened.values() if one.lines[0] == lines[0]]
        kind = min(kinds, key=self._kinds.index)
        self._note(resource, kind, lines, warning)
        if kind.is_open is compat.is_aiosqlite_open:
            is_open(kind, resource)  # The error kept it from ending its thread.

    def _note(self, resource: Any, kind: Kind, lines: list[Line], warning: object = "") -> None:
        if resource is not None:
            name = getattr(resource, "name", None)
            module = type(resource).__module__.lstrip("_").partition(".")[0]
            warning = f"{module}.{type(resource).__qualname__}"
            warning += f" {name!r}" if isinstance(name, str) else ""
        self._findings.add("resources", f"left open: {warning}", kind.fix, lines)

    def _open(self, kind: Kind, resource: Any, _: Any) -> None:
        # A loop ends its pool, and a pool its threads.
        opener = str(sys._getframe(2).f_globals.get("__name__"))
        if not opener.startswith(POOLING.get(kind.owner, "-")):
            self._know(id(resource), kind, resource)

    def _open_file(self, name: Any, *_: Any) -> None:
        self._know(repr(name), FILE)

    def _connect(self, connection: Any) -> None:
        self._know(id(connection), CONNECTION, connection)

    def _know(self, key: Any, kind: Kind, resource: Any = None) -> None:
        """Remember where something is opened, and itself if it is to be judged."""
        own = self._findings.own
        if self._findings.test is None or not (stack := own.stack(sys._getframe(1))).lines:
            return
        by_test = own.owner(stack.lines[0].file) is Owner.TESTS
        get: Callable[[], Any] = nothing
        if kind.by is Owner.LIBRARY or (stack.is_direct and (by_test or kind.by is Owner.PACKAGE)):
            get = (
                (lambda: resource) if kind.is_silent or resource is None else weakref.ref(resource)
            )
        running = asyncio._get_running_loop()
        loop = weakref.ref(running) if running else nothing
        self._opened[key] = Opened(kind, stack.lines, get, fixture_in_setup(), loop)


def fixture_in_setup() -> Any:
    """Return the fixture that is set up on the main thread, if tests share it."""
    main = threading.main_thread().ident or 0
    for one, _ in walk_stack(sys._current_frames().get(main)):  # In no variable: a cycle.
        if one.f_code.co_name == "pytest_fixture_setup":
            fixture = one.f_locals["fixturedef"]
            return None if fixture.scope == "function" else fixture
    return None


def is_open(kind: Kind, resource: Any) -> bool:
    """Return whether a resource is open; one that was never quite open is not."""
    try:
        return kind.is_open is not None and kind.is_open(resource)
    except Exception:  # noqa: BLE001 - whatever it lacks
        return False
