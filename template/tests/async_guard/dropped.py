"""What Python's hooks report when a coroutine, a resource or an async generator is dropped."""

import asyncio
import linecache
import sys
import threading
import types
import warnings
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from . import compat
from .findings import Findings, shown
from .observe import Observers
from .own_code import Line, line_of, lines_of_coroutine, lines_of_error
from .resources import Resources

TURNS = 50  # How often the loop comes round for a generator that is about to be closed.
ORIGIN_DEPTH = 3  # Lines that a coroutine remembers: more would reach down into the event loop.


class Dropped:
    """Reports coroutines, resources, errors of finalizers, and async generators left early."""

    def __init__(self, findings: Findings, observers: Observers, resources: Resources) -> None:
        self._findings = findings
        self._resources = resources
        # By address: when a generator is dropped, its weak references are gone already.
        self._begun: dict[int, tuple[weakref.ref[Any], list[Line]]] = {}
        observers.add(sys, "set_asyncgen_hooks", lambda _, hook: partial(self._set_hooks, hook))
        self.take_hook(observers)
        self._warn_with_origin = observers.put(warnings, compat.WARN_UNAWAITED, self._warn)
        observers.callback(sys.set_coroutine_origin_tracking_depth, 0)
        observers.add(threading.Thread, "run", self._track_origins)  # Each thread has a depth.
        self._track_origins()

    def _track_origins(self, *_: Any) -> None:
        if sys.get_coroutine_origin_tracking_depth() < ORIGIN_DEPTH:
            sys.set_coroutine_origin_tracking_depth(ORIGIN_DEPTH)

    def take_hook(self, observers: Observers) -> None:
        """Take the place of Python's hook, or of that which pytest has set since."""
        self._unraisable = observers.put(sys, "unraisablehook", self._drop)

    def _warn(self, coroutine: Any) -> None:
        """Warn of a coroutine with the text that Python uses where it tracks no origins."""
        if len(coroutine.cr_origin or ()) > ORIGIN_DEPTH:  # As in asyncio's debug mode.
            self._warn_with_origin(coroutine)
        else:
            text = f"coroutine '{coroutine.__qualname__}' was never awaited"
            warnings.warn(text, RuntimeWarning, stacklevel=2, source=coroutine)

    def _drop(self, unraisable: Any) -> None:
        error, dropped, off = unraisable.exc_value, unraisable.object, self._findings.off
        lines = lines_of_error(error)
        if isinstance(error, ResourceWarning) and "resources" not in off:
            if isinstance(dropped, types.FunctionType):  # A `__del__`.
                dropped = unraisable.exc_traceback.tb_frame.f_locals.get("self")
            self._resources.dropped(None if callable(dropped) else dropped, error)
        elif "never awaited" in str(error) and "coroutines" not in off:
            self._never_awaited(dropped, sys._getframe().f_back)
        elif self._findings.own.lines(lines) and "exceptions" not in off and self._fails():
            what = f"exception never retrieved: {shown(error)}"
            self._findings.add("exceptions", what, "handle it where it is raised", lines)
        else:
            self._unraisable(unraisable)

    def _fails(self) -> bool:
        warning = pytest.PytestUnraisableExceptionWarning
        with warnings.catch_warnings(record=True), suppress(warning):
            warnings.warn(warning(""), stacklevel=1)
            return False
        return True  # The filters fail a test for it.

    def _never_awaited(self, coroutine: Any, dropper: types.FrameType | None) -> None:
        lines, own = lines_of_coroutine(coroutine), self._findings.own
        fix = "put `await` in front of the call"
        for file, number, name in (getattr(coroutine, "cr_origin", None) or ())[:1]:
            before = reversed(linecache.getlines(file)[:number])
            definition = next((line for line in before if f"def {name}(" in line), "async")
            if not own.lines([Line(file, number)]):
                fix = "`await` what the call returns; where nothing awaits, pass no async function"
            elif not definition.lstrip().startswith("async"):
                fix = f"make {name}() `async def`, and {fix}"
                if name.lower().startswith(("pytest_", "setup", "teardown")):  # Python calls it.
                    fix = "do it in an async fixture"
        name = getattr(coroutine, "__qualname__", type(coroutine).__name__)
        what = f"the coroutine {name}() was never awaited"
        lines += [line_of(dropper)] if dropper else []
        self._findings.add("coroutines", what, fix, lines)

    def has_unfinished(self) -> bool:
        """Return whether something holds a generator that has not come to its end."""
        begun = self._begun.items()
        self._begun = {key: one for key, one in begun if getattr(one[0](), "ag_frame", None)}
        return bool(self._begun)

    def _set_hooks(self, set_hooks: Callable[..., None], *args: Any, **hooks: Any) -> None:
        begin, drop = hooks.get("firstiter"), hooks.get("finalizer")
        loop = getattr(begin, "__self__", None)
        if isinstance(loop, asyncio.AbstractEventLoop):
            hooks["firstiter"] = partial(self._begin, begin)
            hooks["finalizer"] = partial(self._close, loop, drop)
        set_hooks(*args, **hooks)

    def _begin(self, begin: Any, generator: Any) -> None:
        lines = self._findings.own.stack(sys._getframe(1)).lines
        self._begun[id(generator)] = weakref.ref(generator), lines
        begin(generator)

    def _close(self, loop: asyncio.AbstractEventLoop, drop: Any, generator: Any) -> None:
        drop(generator)
        _, lines = self._begun.pop(id(generator), (None, []))
        if not loop.is_closed():
            # The loop closes it in a task. That is harmless if its first step, soon, is the last.
            loop.call_soon_threadsafe(self._judge, loop, generator, lines)

    def _judge(self, loop: Any, generator: Any, lines: list[Line], turns: int = TURNS) -> None:
        if generator.ag_frame is None:
            return
        if turns and not generator.ag_running:
            loop.call_soon(self._judge, loop, generator, lines, turns - 1)
            return
        what = f"the async generator {generator.__qualname__}() was left early"
        fix = "loop over it in `async with aclosing(…)`, enter a manager by `async with`"
        self._findings.add("generators", f"{what}, and its clean-up awaits", fix, lines)
