"""Calls of the package that block the event loop, seen by blockbuster.

The nearest code of the project's own decides: the package must not block, a test may, and so
may a test's stub that the package calls.
"""

import functools
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import Any

import blockbuster
from blockbuster import BlockBuster, BlockBusterFunction

from .calls import ACQUIRING, CALLS, OPENING, is_free_soon
from .findings import Findings
from .mistakes import OwnCode, frames, line_of

ASYNC = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR

EXCUSED_FILES = (
    "<frozen importlib",
    "/asyncpg/connect_utils.py",
    "/importlib/",
    "/linecache.py",
    "/logging/",
    "/mimetypes.py",
    "/zoneinfo/",
)
"""What opens a file once and remembers it, and what a program cannot do without."""

EXCUSED_FUNCTIONS = {"_execute_child", "shutdown_default_executor"}
"""What asyncio itself does when it starts a process, or closes a loop."""


class Blocking:
    """Notes each call that blocks, and lets it go on."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._blockbuster = BlockBuster()
        functions = self._blockbuster.functions
        for owner, name, may in CALLS:
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
        if "blocking" in self._findings.off or may(*args, **kwargs):
            return True
        callers = list(unwatched(sys._getframe(1)))
        lines = [line_of(frame) for frame in callers]
        if not held_by_package(callers, self._findings.own):
            return True
        if any(_is_excused(frame, function) for frame in callers):
            return True
        if name in OPENING and not self._findings.own.direct(lines):
            return True  # A library's own file: what it reads from it counts.
        if name in ACQUIRING and is_free_soon(*args):
            return True
        self._findings.add(
            "blocking",
            f"{name}() blocked the event loop",
            "call it through `await asyncio.to_thread(…)`, or use an async library",
            lines,
        )
        return True


def held_by_package(callers: Iterable[FrameType], own: OwnCode) -> bool:
    """Tell whether the package holds the loop, of frames from the inside out.

    Where a test calls what is not async, it is the test that blocks, and it may.
    """
    in_package = False
    for frame in callers:
        code = frame.f_code
        if own.in_package(code.co_filename):
            in_package = True
            if code.co_flags & ASYNC:
                return True
        elif code.co_filename in own:
            return False
    return in_package


def unwatched(innermost: FrameType | None) -> Iterator[FrameType]:
    """Yield a frame and those that led to it, without those of blockbuster's."""
    for frame in frames(innermost):
        if not frame.f_code.co_filename.startswith(blockbuster.__path__[0]):
            yield frame


def _is_excused(frame: FrameType, function: BlockBusterFunction) -> bool:
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
