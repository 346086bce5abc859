"""Exceptions of the futures of pools, and of other threads' coroutines, that nobody asks for.

They are futures of `concurrent.futures`, which tell nobody of what they take along.
"""

import functools
import sys
from concurrent.futures import Future
from typing import Any

from .lost import LostExceptions, lines_of
from .mistakes import Line, OwnCode, stack
from .replacements import Replacements

ASKING = ("add_done_callback", "exception", "result")
ONLY_CANCELS = "_call_check_cancel"
"""A callback of asyncio's, on each future that it makes for a coroutine: it asks for no exception."""

KNOWN = "_async_guard_known"
"""Where a future keeps what is known of it."""


class _Known:
    """What is known of a future, for as long as that is there."""

    def __init__(self, futures: "Futures", lines: list[Line]) -> None:
        self._futures = futures
        self._lines = lines
        self.error: BaseException | None = None
        self.asked = False

    def __del__(self) -> None:
        if self.error and not self.asked:
            self._futures.lose(self.error, self._lines)


class Futures:
    """Watches what becomes of the exceptions of futures."""

    def __init__(self, own: OwnCode, lost: LostExceptions) -> None:
        self._own = own
        self._lost = lost
        self._replacements = Replacements()

    def install(self) -> None:
        """Hear of each future, of its exception, and of whoever asks for that."""
        self._put("__init__", self._making)
        self._put("set_exception", _failing)
        for name in ASKING:
            self._put(name, _asking)

    def uninstall(self) -> None:
        """Hear of them no more."""
        self._replacements.put_back()

    def lose(self, error: BaseException, made: list[Line]) -> None:
        """Note an exception, if the project's code raised it, or gave away what did."""
        lines = lines_of(error)
        if self._own.innermost(lines) or self._own.direct(made):
            self._lost.add(error, [*lines, *made])

    def _put(self, name: str, wrap: Any) -> None:
        original = getattr(Future, name)
        wrapper = functools.wraps(original)(wrap(original))
        self._replacements.put(Future, name, wrapper)

    def _making(self, original: Any) -> Any:
        def make(future: Any, *args: Any, **kwargs: Any) -> None:
            original(future, *args, **kwargs)
            known = _Known(self, list(stack(sys._getframe(1))))
            setattr(future, KNOWN, known)

        return make


def _failing(original: Any) -> Any:
    def fail(future: Any, error: BaseException | None) -> None:
        if known := getattr(future, KNOWN, None):
            known.error = error
        original(future, error)

    return fail


def _asking(original: Any) -> Any:
    def ask(future: Any, *args: Any, **kwargs: Any) -> Any:
        is_callback = args and getattr(args[0], "__name__", "") == ONLY_CANCELS
        if not is_callback and (known := getattr(future, KNOWN, None)):
            known.asked = True
        return original(future, *args, **kwargs)

    return ask
