"""Calls that block the event loop and that blockbuster does not know, or knows less of."""

import _thread
import builtins
import ctypes
import gc
import io
import os
import queue
import select
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from . import permits

May = Callable[..., bool]
"""Tells, of the arguments of a call, that it does not block."""

HARMLESS = {
    "os.getcwd",
    "os.path.abspath",
    "os.path.sameopenfile",
    "os.path.samestat",
}
"""What blockbuster knows, though it asks no disk."""

ASKING = {
    "builtins.open",
    "io.open",
    "os.access",
    "os.lstat",
    "os.open",
    "os.path.islink",
    "os.readlink",
    "os.stat",
}
"""What libraries do with a file of their own, at times: only what they read from it counts."""

SOCKETS = ("socket.socket.", "ssl.SSLSocket.")

SHORT: dict[str, May] = {
    "threading.Lock.acquire": permits.is_had_soon,
    "threading.Lock.acquire_lock": permits.is_had_soon,
    "threading.Lock.__enter__": permits.is_had_soon,
    "threading.RLock.acquire": permits.is_had_soon,
    "threading.RLock.__enter__": permits.is_had_soon,
    "threading.Thread.join": permits.is_over_soon,
}
"""What may wait for a short turn of somebody else, and what waits for it."""

PATHS = "chmod chown lchmod lchown lstat mkfifo mknod stat truncate utime"
NEVER = "copy_file_range fdatasync fsync posix_fallocate splice sync system wait wait3 wait4 waitid"
SIGNALS = "pause sigtimedwait sigwait sigwaitinfo"
NAMES = "getaddrinfo gethostbyaddr gethostbyname gethostbyname_ex getnameinfo"
SOCKET = "connect_ex recvfrom_into recvmsg_into sendmsg"
TLS = "do_handshake recv_into sendall unwrap"
MESSAGES = "recv recv_bytes recv_bytes_into send send_bytes"


class Special:
    """A type in C, whose special methods can be replaced too: blockbuster cannot do that."""

    def __init__(self, kind: type) -> None:
        vars(self).update(kind=kind, __name__=kind.__name__)

    def __getattr__(self, name: str) -> Any:
        """Return a method of the type."""
        return getattr(vars(self)["kind"], name)

    def __setattr__(self, name: str, method: Any) -> None:
        """Replace a method of the type, and have Python look it up again."""
        kind = vars(self)["kind"]
        gc.get_referents(vars(kind))[0][name] = method
        ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))


def calls() -> Iterator[tuple[str, Any, May]]:
    """Yield the name of each function, who has it, and what tells that a call does not block."""
    for module in (builtins, io, os):
        yield from each(module.__name__, module, "open", permits.opens_at_once)
    yield from each("os", os, PATHS, permits.is_descriptor)
    yield from each("os", os, NEVER, permits.never)
    yield from each("os", os, "waitpid", permits.asks_only)
    yield from files()
    yield from each("signal", signal, SIGNALS, permits.never)
    yield from each("socket", socket, NAMES, permits.never)
    yield from each("socket.socket", socket.socket, SOCKET, permits.is_non_blocking)
    yield from each("ssl.SSLSocket", ssl.SSLSocket, TLS, permits.is_non_blocking)
    yield from each("sqlite3", sqlite3, "connect", permits.is_in_memory)
    yield from each("sqlite3.Connection", sqlite3.Connection, "backup", permits.never)
    yield from each("queue.SimpleQueue", queue.SimpleQueue, "get", permits.has_item)
    yield from processes()
    yield from each("threading.Thread", threading.Thread, "join", permits.is_over)
    yield from locks("threading.Lock", _thread.LockType)
    yield from locks("threading.RLock", _thread.RLock)
    yield from each("select", select, "select", permits.selects)
    if hasattr(select, "poll"):
        yield from each("select.poll", type(select.poll()), "poll", permits.polls)


def files() -> Iterator[tuple[str, Any, May]]:
    """Yield what all that reads lines, buffers and text comes down to, and more."""
    yield from each(
        "io.FileIO", io.FileIO, "read readall readinto", permits.reads_at_once
    )
    for kind in (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom):
        # What is still to be written was written in a thread, or is told of already.
        yield from each(f"io.{kind.__name__}", kind, "close", permits.always)
    yield from each("fcntl", optional("fcntl"), "flock lockf", permits.locks_at_once)


def processes() -> Iterator[tuple[str, Any, May]]:
    """Yield what waits for other processes, and talks to them."""
    popen = subprocess.Popen
    yield from each("subprocess.Popen", popen, "communicate", permits.never)
    yield from each("subprocess.Popen", popen, "wait", permits.has_ended)
    semaphore = getattr(optional("_multiprocessing"), "SemLock", None)
    yield from locks("multiprocessing.Lock", semaphore)
    if connection := sys.modules.get("multiprocessing.connection"):
        # It has bound `os.read` by now; when it is imported later, it binds what watches that.
        name, owner = "multiprocessing.connection.Connection", connection.Connection
        yield from each(name, owner, MESSAGES, permits.never)


def locks(kind: str, owner: Any) -> Iterator[tuple[str, Any, May]]:
    """Yield what takes a lock of a kind."""
    yield from each(kind, owner, "acquire acquire_lock", permits.is_free)
    yield from each(kind, owner and Special(owner), "__enter__", permits.is_free)


def each(owner_name: str, owner: Any, names: str, may: May) -> Iterator[Any]:
    """Yield the functions of an owner that it has, on this system."""
    for name in names.split():
        if hasattr(owner, name):
            yield f"{owner_name}.{name}", owner, may


def optional(name: str) -> Any:
    """Return a module that some systems do not have."""
    try:
        return import_module(name)
    except ImportError:
        return None
