"""What Python itself reports when an object is dropped.

The filters turn the warning of a coroutine or of an open resource into an error. Where a
finalizer runs, that ends in `sys.unraisablehook`, as other errors of finalizers do. Async
generators have hooks of their own.
"""

import asyncio
import linecache
import sys
import threading
import types
import warnings
import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from . import compat
from .findings import Findings, shown
from .observe import Observers
from .own_code import Line, line_of, lines_of_coroutine, lines_of_error

LOOKS = 50  # How often the loop comes round for a generator that is about to be closed.
ORIGIN_DEPTH = 3  # Lines that a coroutine remembers: more would reach down into the event loop.


class Dropped:
    """Reports coroutines, resources and errors of finalizers and threads."""

    def __init__(
        self, findings: Findings, observers: Observers, left_open: Callable[[Any, object], None]
    ) -> None:
        self._findings = findings
        self._left_open = left_open
        self.take_hooks(observers)
        self._warn_with_origin = observers.put(warnings, compat.WARN_UNAWAITED, self._warn)
        observers.at_end(
            sys.set_coroutine_origin_tracking_depth, sys.get_coroutine_origin_tracking_depth()
        )
        observers.add(threading.Thread, "run", track_origins)  # Each thread has a depth.
        track_origins()

    def take_hooks(self, observers: Observers) -> None:
        """Take the place of Python's hooks, or of those that pytest has set since."""
        self._unraisable = observers.put(sys, "unraisablehook", self._drop)
        self._in_thread = observers.put(threading, "excepthook", self._thread_failed)

    def _warn(self, coroutine: Any) -> None:
        """Warn of a coroutine with the text that Python uses where it tracks no origins."""
        if len(coroutine.cr_origin or ()) > ORIGIN_DEPTH:  # As in asyncio's debug mode.
            self._warn_with_origin(coroutine)
        else:
            text = f"coroutine '{coroutine.__qualname__}' was never awaited"
            warnings.warn(text, RuntimeWarning, stacklevel=2, source=coroutine)

    def _drop(self, unraisable: Any) -> None:
        error, off = unraisable.exc_value, self._findings.off
        if isinstance(error, ResourceWarning) and "resources" not in off:
            dropped, traceback = unraisable.object, unraisable.exc_traceback
            if isinstance(dropped, types.FunctionType):  # A `__del__`.
                dropped = traceback and traceback.tb_frame.f_locals.get("self")
            self._left_open(None if callable(dropped) else dropped, error)
        elif isinstance(error, RuntimeWarning) and "never awaited" in str(error):
            if "coroutines" in off:
                self._unraisable(unraisable)
            else:
                self._never_awaited(unraisable.object, sys._getframe().f_back)
        elif not self._lost(error, pytest.PytestUnraisableExceptionWarning):
            self._unraisable(unraisable)

    def _thread_failed(self, failed: Any) -> None:
        warning = pytest.PytestUnhandledThreadExceptionWarning
        if failed.exc_type is SystemExit or not self._lost(failed.exc_value, warning):
            self._in_thread(failed)

    def _lost(self, error: BaseException | None, warning: type[Warning]) -> bool:
        """Report an error of the project's own, if pytest is told to fail a test for it."""
        lines = self._findings.own.lines(lines_of_error(error))
        if not lines or "exceptions" in self._findings.off:
            return False
        with warnings.catch_warnings(record=True):
            try:
                warnings.warn(warning(""), stacklevel=1)
            except Warning:
                what = f"exception never retrieved: {shown(error)}"
                self._findings.add("exceptions", what, "handle it where it is raised", lines)
                return True
        return False

    def _never_awaited(self, coroutine: Any, dropper: types.FrameType | None) -> None:
        lines, own = lines_of_coroutine(coroutine), self._findings.own
        if dropper and dropper.f_code.co_filename in own:
            lines.append(line_of(dropper))
        fix = "put `await` in front of the call"
        for file, number, name in (coroutine.cr_origin or ())[:1]:
            before = reversed(linecache.getlines(file)[:number])
            definition = next((line for line in before if f"def {name}(" in line), "async")
            if file not in own:  # A library or a mock made it.
                fix = "`await` what the call returns; where nothing awaits, pass no async function"
            elif not definition.lstrip().startswith("async"):
                fix = f"make {name}() `async def`, and {fix}"
                if name.lower().startswith(("pytest_", "setup", "teardown")):  # Python calls it.
                    fix = "do it in an async fixture"
        what = f"the coroutine {coroutine.__qualname__}() was never awaited"
        self._findings.add("coroutines", what, fix, lines)


class Generators:
    """Reports async generators that are left before their end, if their clean-up awaits.

    The loop closes a dropped generator at some later time, in another task. That is harmless
    where its clean-up awaits nothing, so it is looked at after the first step of closing it.
    """

    def __init__(self, findings: Findings, observers: Observers) -> None:
        self._findings = findings
        # By address: when a generator is dropped, its weak references are gone already.
        self._begun: dict[int, tuple[weakref.ref[Any], list[Line]]] = {}
        observers.add(sys, "set_asyncgen_hooks", lambda _, hook: partial(self._set, hook))

    def unfinished(self) -> bool:
        """Return whether something holds a generator that has not come to its end."""
        begun = self._begun.items()
        self._begun = {key: one for key, one in begun if getattr(one[0](), "ag_frame", None)}
        return bool(self._begun)

    def _set(self, set_hooks: Callable[..., None], *args: Any, **hooks: Any) -> None:
        begin, drop = hooks.get("firstiter"), hooks.get("finalizer")
        loop = getattr(begin, "__self__", None)
        if isinstance(loop, asyncio.AbstractEventLoop):
            hooks["firstiter"] = partial(self._begin, begin)
            hooks["finalizer"] = partial(self._drop, loop, drop)
        set_hooks(*args, **hooks)

    def _begin(self, begin: Any, generator: Any) -> None:
        lines = self._findings.own.stack(sys._getframe(1)).lines
        self._begun[id(generator)] = weakref.ref(generator), lines
        begin(generator)

    def _drop(self, loop: asyncio.AbstractEventLoop, drop: Any, generator: Any) -> None:
        drop(generator)
        _, lines = self._begun.pop(id(generator), (None, []))
        if not loop.is_closed():
            # The loop starts a task for it, whose first step comes soon after.
            loop.call_soon_threadsafe(self._judge, loop, generator, lines)

    def _judge(self, loop: Any, generator: Any, lines: list[Line], looks: int = 0) -> None:
        if generator.ag_frame is None:
            return
        if not generator.ag_running and looks < LOOKS:
            loop.call_soon(self._judge, loop, generator, lines, looks + 1)
            return
        what = f"the async generator {generator.__qualname__}() was left early"
        fix = "loop over it in `async with aclosing(…)`, enter a manager by `async with`"
        self._findings.add("generators", f"{what}, and its clean-up awaits", fix, lines)


def track_origins(*_: Any) -> None:
    """Have the coroutines of this thread remember where they were made."""
    if sys.get_coroutine_origin_tracking_depth() < ORIGIN_DEPTH:
        sys.set_coroutine_origin_tracking_depth(ORIGIN_DEPTH)
