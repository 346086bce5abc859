"""Where resources were opened: the line that no warning of Python's knows."""

import asyncio
import builtins
import contextlib
import functools
import io
import os
import socket
import sqlite3.dbapi2
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

from .mistakes import EARLIER, Line, stack
from .replacements import Replacements

CLASSES: tuple[tuple[type, str], ...] = (
    (asyncio.BaseEventLoop, "__init__"),
    (asyncio.BaseTransport, "__init__"),
    (asyncio.Server, "__init__"),
    (asyncio.StreamWriter, "__init__"),
    (contextlib.AsyncExitStack, "__init__"),
    (socket.socket, "__init__"),
    (subprocess.Popen, "__init__"),
    (threading.Thread, "start"),
    (ThreadPoolExecutor, "__init__"),
    (tempfile.TemporaryDirectory, "__init__"),
)
FUNCTIONS: tuple[tuple[ModuleType, str], ...] = (
    (builtins, "open"),
    (io, "open"),
    (os, "scandir"),
    (sqlite3, "connect"),
    (sqlite3.dbapi2, "connect"),
    (tempfile, "NamedTemporaryFile"),
)
ALWAYS_SEEN = (
    asyncio.BaseEventLoop,
    asyncio.Server,
    asyncio.StreamWriter,
    socket.socket,
    subprocess.Popen,
)
"""What cannot be opened by a way around what is replaced: it is known, or it is older."""

LIBRARIES = (
    ("aiohttp", "ClientResponse"),
    ("aiohttp", "ClientSession"),
    ("aiohttp.connector", "Connection"),
    ("aiosqlite", "Connection"),
    ("asyncpg", "Connection"),
    ("concurrent.futures.process", "ProcessPoolExecutor"),
    ("httpx", "AsyncClient"),
)


class Opened:
    """Remembers, for each resource of a known kind, the lines of the stack that opened it."""

    def __init__(self, told: Callable[[Any, list[Line]], None]) -> None:
        self._told = told
        self._lines: dict[int, tuple[type, list[Line]]] = {}
        self._kept: set[int] = set()
        self._known: set[tuple[str, str]] = set()
        self._replacements = Replacements()

    def install(self) -> None:
        """Hear of what Python itself opens."""
        for kind, method in CLASSES:
            self._replace(kind, method, self._when_called)
        for module, function in FUNCTIONS:
            self._replace(module, function, self._when_returned)

    def install_libraries(self) -> None:
        """Hear of what the libraries open that are imported by now."""
        for module, name in LIBRARIES:
            if module in sys.modules and (module, name) not in self._known:
                self._known.add((module, name))
                kind = getattr(sys.modules[module], name)
                self._replace(kind, "__init__", self._when_called)

    def uninstall(self) -> None:
        """Put everything back."""
        self._replacements.put_back()

    def lines(self, resource: object) -> list[Line]:
        """Return the lines that opened a resource, from the inside out."""
        kind, lines = self._lines.get(id(resource), (None, []))
        if kind is type(resource):
            return lines
        return [EARLIER] if isinstance(resource, ALWAYS_SEEN) else []

    def keep(self, resource: object) -> None:
        """Remember a resource for longer than one test."""
        self._kept.add(id(resource))

    def forget(self) -> None:
        """Forget what was opened for one test; an address may serve another resource later."""
        self._lines = {key: self._lines[key] for key in self._kept & self._lines.keys()}

    def _replace(self, owner: Any, name: str, wrap: Callable[[Any], Any]) -> None:
        original = getattr(owner, name)
        wrapper = functools.wraps(original)(wrap(original))
        self._replacements.put(owner, name, wrapper)

    def _remember(self, resource: Any) -> None:
        lines = list(stack(sys._getframe(2)))
        self._lines[id(resource)] = type(resource), lines
        self._kept.discard(id(resource))
        self._told(resource, lines)

    def _when_called(self, original: Any) -> Any:
        def method(resource: Any, *args: Any, **kwargs: Any) -> Any:
            self._remember(resource)
            return original(resource, *args, **kwargs)

        return method

    def _when_returned(self, original: Any) -> Any:
        def function(*args: Any, **kwargs: Any) -> Any:
            resource = original(*args, **kwargs)
            self._remember(resource)
            return resource

        return function
