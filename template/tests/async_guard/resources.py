"""What a test has opened, and is still open when the test is over, each with its line."""

import asyncio
import builtins
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
from contextlib import suppress
from functools import partial
from time import perf_counter
from traceback import walk_stack
from types import NoneType
from typing import Any, NamedTuple

from . import compat
from .compat import JOIN_SECONDS
from .findings import Findings, shown
from .observe import Observers
from .own_code import LIBRARY, PACKAGE, TESTS, Line, Owner


class Kind(NamedTuple):
    """A kind of resource: what opens it, and whether one is open."""

    owner: type
    is_open: Callable[[Any], Any] | None  # None: only its line is needed, since it warns.
    fix: str = "close it, best with `with` or `async with`"
    by: Owner = TESTS  # Whose direct calls count.
    is_silent: bool = False  # Whether nothing warns of it when it is dropped.
    opener: str = "__init__"  # The method that opens one; none where Python raises an event.


def _goes_on(one: Any) -> bool:
    process = one if isinstance(one, subprocess.Popen) else one.get_extra_info("subprocess")
    look, until = os.WEXITED | os.WNOHANG | os.WNOWAIT, perf_counter() + JOIN_SECONDS
    while process.returncode is None and perf_counter() < until:
        if os.waitid(os.P_PID, process.pid, look):  # It was killed, and nothing has waited yet.
            return False
    return process.returncode is None


WRITER = "`writer.close()`, then `await writer.wait_closed()`"
SERVER = "use `async with server`, or `server.close()` and `await server.wait_closed()`"
PROCESS = "end the process, and wait for it"
END = "have it end, and `join()` it"
POOL = "use `with`, or `shutdown()`"
SQL = "`connection.close()`"
FILE = Kind(io.IOBase, None, opener="")
CONNECTION = Kind(sqlite3.Connection, lambda it: it.total_changes >= 0, SQL, PACKAGE, True, "")
KINDS = [  # Where one opens another on the same line, the first of them is reported.
    Kind(asyncio.BaseEventLoop, lambda loop: not loop.is_closed(), "`loop.close()`"),
    Kind(asyncio.StreamWriter, lambda writer: not writer.is_closing(), WRITER),
    Kind(asyncio.Server, lambda server: server.is_serving(), SERVER),
    Kind(subprocess.Popen, _goes_on, PROCESS, LIBRARY),
    Kind(asyncio.SubprocessTransport, _goes_on, PROCESS),
    Kind(asyncio.BaseTransport, lambda one: not one.is_closing(), "`transport.close()`"),
    Kind(ThreadPoolExecutor, compat.is_pool_open, POOL),
    Kind(ProcessPoolExecutor, compat.is_pool_open, POOL),
    Kind(socket.socket, lambda sock: sock.fileno() != -1),
    Kind(threading.Thread, lambda it: it.join(JOIN_SECONDS) or it.is_alive(), END, opener="start"),
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
POOLING = {threading.Thread: "concurrent.", ThreadPoolExecutor: "asyncio."}  # They end their own.


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


class Resources:
    """Remembers what is opened until it is judged."""

    def __init__(self, findings: Findings, observers: Observers) -> None:
        self._findings = findings
        self._observers = observers
        self._kinds = KINDS.copy()
        self._modules = 0
        self.opened: dict[Any, Opened] = {}  # By a resource's address, or a file's name.
        self._reported: list[Any] = []  # Never dropped: Python would warn in a later test.
        self._events: dict[str, Callable[..., None]] = {
            "open": lambda name, *_: self._know(repr(name), FILE),
            "sqlite3.connect/handle": lambda one: self._know(id(one), CONNECTION, one),
        }
        for kind in KINDS:
            if kind.opener:
                observers.add(kind.owner, kind.opener, partial(self._open, kind))
        for owner, name in ((builtins, "open"), (io, "open"), (sqlite3, "connect")):
            observers.add(owner, name, self._audit)

    def begin(self) -> None:
        """Forget what was opened before the test; observe the libraries imported by now."""
        self.opened = {key: one for key, one in self.opened.items() if one.goes_on()}
        if self._modules != len(sys.modules):
            self._modules = len(sys.modules)
            for module, name, is_open, is_silent in LIBRARIES:
                owner: Any = getattr(sys.modules.get(module), name, None)
                if issubclass(type(owner), type) and owner not in [it.owner for it in self._kinds]:
                    kind = Kind(owner, is_open, by=LIBRARY, is_silent=is_silent)
                    self._kinds.insert(0, kind)
                    self._observers.add(owner, "__init__", partial(self._open, kind))

    def judge(self, before: dict[Any, Opened] | None = None) -> None:
        """Report what is still open, and was not before, unless a fixture or a loop still uses it."""
        for key, one in sorted(self.opened.items(), key=lambda it: self._kinds.index(it[1].kind)):
            if one.goes_on() if before is None else before.get(key) is one or one.kind not in KINDS:
                continue
            if (resource := one.resource()) is not None and is_open(one.kind, resource):
                self._reported.append(resource)
                what = f"left open: {shown(resource)}"
                self._findings.add("resources", what, one.kind.fix, one.lines)

    def dropped(self, resource: Any, warning: object) -> None:
        """Report what Python warns of, since it is dropped while it is open."""
        name = repr(getattr(resource, "name", None))
        kinds = [kind for kind in self._kinds if isinstance(resource, kind.owner)] or [FILE]
        opened = self.opened.get(id(resource)) or self.opened.get(name)
        lines = opened.lines if opened else []
        if opened:  # What was opened at the same line may have opened it.
            kinds += [one.kind for one in self.opened.values() if one.lines[0] == lines[0]]
        kind = min(kinds, key=self._kinds.index)
        what = f"left open: {warning if resource is None else shown(resource)}"
        self._findings.add("resources", what, kind.fix, lines)
        if kind.is_open is compat.is_aiosqlite_open:
            is_open(kind, resource)  # The error kept it from ending its thread.

    def _open(self, kind: Kind, resource: Any, _: Any) -> None:
        opener = str(sys._getframe(2).f_globals.get("__name__"))
        if not opener.startswith(POOLING.get(kind.owner, "-")):
            self._know(id(resource), kind, resource)

    def _audit(self, *_: Any) -> None:
        """Have Python raise its events, which cost each test a little, once they are needed."""
        if self._events and self._findings.own.stack(sys._getframe(2)).lines:
            events, self._events = self._events, {}
            sys.addaudithook(lambda event, given: event in events and events[event](*given))
            self._observers.callback(events.clear)  # There is no way to remove one.

    def _know(self, key: Any, kind: Kind, resource: Any = None) -> None:
        """Remember where something is opened, and itself if it is to be judged."""
        own = self._findings.own
        if self._findings.test is None or not (stack := own.stack(sys._getframe(1))).lines:
            return
        by_test = own.owner(stack.lines[0].file) is TESTS
        get: Callable[[], Any] = NoneType
        if kind.by is LIBRARY or (stack.is_direct and (by_test or kind.by is PACKAGE)):
            is_held = kind.is_silent or resource is None
            get = (lambda: resource) if is_held else weakref.ref(resource)
        running = compat.running_loop()
        loop = weakref.ref(running) if running else NoneType
        self.opened[key] = Opened(kind, stack.lines, get, fixture_in_setup(), loop)


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
    with suppress(Exception):
        return bool(kind.is_open and kind.is_open(resource))
    return False
