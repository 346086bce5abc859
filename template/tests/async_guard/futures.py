"""Exceptions of the futures of pools, and of other threads' coroutines, that nobody asks for.

They are futures of `concurrent.futures`, which tell nobody of what they take along.
"""

import functools
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from types import CodeType, FrameType
from typing import Any

from .findings import Findings
from .mistakes import frames, line_of
from .names import shown
from .replacements import Replacements

ONLY_CANCELS = "_call_check_cancel"
"""A callback of asyncio's, on each future that it makes for a coroutine: it asks for no exception."""

ASKING = {"exception", "result"}
KNOWN = "_async_guard_known"
"""Where a future keeps what is known of it."""


class _Known:
    """What is known of a future, for as long as that is there."""

    def __init__(self, frame: FrameType, findings: Findings, lose: "Lose") -> None:
        makers = list(frames(frame))
        codes = (maker.f_code for maker in makers if not is_comprehension(maker.f_code))
        self.test = findings.test
        self.lines = [line_of(maker) for maker in makers]
        self.maker = next((c for c in codes if c.co_filename in findings.own), None)
        """The function of the project's own that had it made."""
        self.error: BaseException | None = None
        self.asked = False
        self._lose = lose

    def __del__(self) -> None:
        if self.error is not None and not self.asked:
            self._lose(self, self.error)


Lose = Callable[[_Known, BaseException], None]
"""Hears of an exception that goes with its future."""


def is_comprehension(code: CodeType) -> bool:
    """Tell whether some code is a part of its function's: up to Python 3.11 it has a frame."""
    return code.co_name.endswith("comp>") or code.co_name == "<genexpr>"


def may_ask(code: CodeType | None) -> bool:
    """Tell whether some code asks a future, on another path maybe than the one that was taken."""
    if code is None:
        return False
    inner = (const for const in code.co_consts if isinstance(const, CodeType))
    return not ASKING.isdisjoint(code.co_names) or any(map(may_ask, inner))


class Futures:
    """Watches what becomes of the exceptions of futures."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._asking: set[Any] = set()
        """The functions that had a future made and ask for a result.

        Where one of theirs fails, its exception goes on, and nobody asks the others.
        """
        self._replacements = Replacements()

    def install(self) -> None:
        """Hear of each future, of its exception, and of whoever asks for that."""
        original = Future.__init__

        @functools.wraps(original)
        def make(future: Any, *args: Any, **kwargs: Any) -> None:
            original(future, *args, **kwargs)
            known = _Known(sys._getframe(1), self._findings, self._lose)
            setattr(future, KNOWN, known)

        self._replacements.put(Future, "__init__", make)
        self._watch("set_exception", self._fail)
        self._watch("add_done_callback", self._call_back)
        self._watch("exception", self._ask)
        self._watch("result", self._ask)

    def uninstall(self) -> None:
        """Hear of them no more."""
        self._replacements.put_back()

    def _watch(self, name: str, note: Callable[..., None]) -> None:
        """Note each call of a method."""
        original = getattr(Future, name)

        @functools.wraps(original)
        def method(future: Any, *args: Any, **kwargs: Any) -> Any:
            if known := getattr(future, KNOWN, None):
                note(known, *args)
            return original(future, *args, **kwargs)

        self._replacements.put(Future, name, method)

    def _fail(self, known: _Known, error: BaseException | None = None) -> None:
        known.error = error

    def _call_back(self, known: _Known, callback: Any = None) -> None:
        if getattr(callback, "__name__", "") != ONLY_CANCELS:
            self._ask(known)

    def _ask(self, known: _Known, *_timeout: float | None) -> None:
        known.asked = True
        self._asking.add(known.maker)

    def _lose(self, known: _Known, error: BaseException) -> None:
        """Note an exception, if it is for certain that nobody heard of it.

        What is not of the standard library's making may be raised somewhere else, too. In a pool
        that broke, all futures have the same exception.
        """
        own = self._findings.own
        if (
            not isinstance(error, BrokenExecutor)
            and known.maker not in self._asking
            and not may_ask(known.maker)
            and known.test is self._findings.test
            and own.is_standard(known.lines[0])
            and own.direct(known.lines)
        ):
            self._findings.add(
                "exceptions",
                f"nobody retrieved {shown(error)} from its future",
                "ask the future for its `result()`",
                known.lines,
            )
