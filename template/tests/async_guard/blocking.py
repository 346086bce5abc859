"""Calls of the package that block the event loop, seen by blockbuster.

The nearest code of the project's own decides: the package must not block, a test may, and so
may a test's stub that the package calls.
"""

import builtins
import functools
import io
import os
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from blockbuster import BlockBuster, BlockBusterFunction

from .findings import Findings


def never(*_args: Any, **_kwargs: Any) -> bool:
    """Tell that a call always blocks."""
    return False


def is_time_zone(file: Any) -> bool:
    """Tell whether a file is opened by `zoneinfo`, which leaves no frame and remembers it."""
    return "/zoneinfo/" in str(file)


MORE: tuple[tuple[Any, str, Callable[..., bool]], ...] = (
    (builtins, "open", lambda file, *_, **__: is_time_zone(file)),
    (io, "open", lambda file, *_, **__: is_time_zone(file)),
    (os, "system", never),
    (os, "waitpid", lambda _pid, options=0: bool(options & os.WNOHANG)),
    (
        queue.SimpleQueue,
        "get",
        lambda numbers, block=True, *_: not block or not numbers.empty(),
    ),
    (socket, "getaddrinfo", never),
    (socket, "gethostbyname", never),
    (subprocess.Popen, "communicate", never),
    (
        subprocess.Popen,
        "wait",
        lambda process, *_, **__: process.returncode is not None,
    ),
    (threading.Thread, "join", lambda thread, *_, **__: not thread.is_alive()),
)
"""What blockbuster does not know, and when it does not block."""

EXCUSED_FILES = (
    "<frozen importlib",
    "/importlib/",
    "/linecache.py",
    "/logging/",
    "/mimetypes.py",
    "/zoneinfo/",
)
"""What opens a file once and remembers it, and what a program cannot do without."""

EXCUSED_FUNCTIONS = {"_execute_child"}
"""What asyncio itself calls to start a process."""


class Blocking:
    """Notes each call that blocks, and lets it go on."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._blockbuster = BlockBuster()
        functions = self._blockbuster.functions
        for owner, name, may in MORE:
            function = BlockBusterFunction(owner, name, can_block_predicate=may)
            functions.setdefault(f"{owner.__name__}.{name}", function)
        for name, function in functions.items():
            function.can_block_predicate = functools.partial(
                self._permitted, name, function, function.can_block_predicate
            )

    def install(self) -> None:
        """Wrap the functions that block."""
        self._blockbuster.activate()

    def uninstall(self) -> None:
        """Put the functions back."""
        self._blockbuster.deactivate()

    def _permitted(
        self,
        name: str,
        function: BlockBusterFunction,
        may: Callable[..., bool],
        *args: Any,
        **kwargs: Any,
    ) -> bool:
        """Note a call that blocks; it is permitted either way, since an error would hide others."""
        if "blocking" not in self._findings.off and not may(*args, **kwargs):
            lines = []
            frame: FrameType | None = sys._getframe(1)
            while frame is not None:
                if self._excused(frame, function):
                    return True
                lines.append((frame.f_code.co_filename, frame.f_lineno))
                frame = frame.f_back
            if self._findings.own.blames_package(lines):
                self._findings.add(
                    "blocking",
                    f"{name}() blocked the event loop",
                    "call it through `await asyncio.to_thread(…)`, or use an async library",
                    lines,
                )
        return True

    def _excused(self, frame: FrameType, function: BlockBusterFunction) -> bool:
        filename = frame.f_code.co_filename.replace("\\", "/")
        name = frame.f_code.co_name
        return (
            name in EXCUSED_FUNCTIONS
            or any(part in filename for part in EXCUSED_FILES)
            or any(
                filename.endswith(ending) and name in names
                for ending, names in function.can_block_functions
            )
        )
