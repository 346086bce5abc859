"""Coroutines that were never awaited, and resources left open: Python warns of both.

The warnings are recorded, never raised: a warning is issued inside `__del__`, and to raise
there would skip the clean-up that follows it.
"""

import asyncio
import linecache
import re
import sys
import threading
import warnings
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, NamedTuple

from . import private
from .findings import Findings
from .mistakes import Line, frames, line_of
from .names import described
from .replacements import Replacements

DEFAULT_FILTERS = tuple(warnings.filters)
ORIGIN_DEPTH = 3
"""How many lines each coroutine remembers: more would reach down into the event loop, whose
lines take Python longer to find than it takes to run a small coroutine."""

TASK_DEPTH = 20
"""How many lines each task may remember: there are fewer of them, and only the project's own
lines are looked for."""

MADE = "_async_guard_made"
"""Where a task keeps them."""

MADE_FOR = "_async_guard_made_for"
"""Where a task keeps the fixture that tests share, if it was made while that was set up."""

AWAIT = "put `await` in front of the call"
NO_AWAIT = (
    "its caller awaits nothing: give that a function without `async`, "
    "or, to set something up, write an async fixture"
)
EITHER = (
    "put `await` in front of the call, or, where something else calls it and awaits nothing, "
    "give that a function without `async`"
)

RECORDING = "_showwarnmsg_impl"
"""What `catch_warnings(record=True)` replaces."""


class Recorder:
    """Stands where Python shows a warning, and notes those that are mistakes."""

    def __init__(
        self, findings: Findings, opened: Callable[[object], list[Line]]
    ) -> None:
        self._findings = findings
        self._opened = opened
        self._depth = sys.get_coroutine_origin_tracking_depth()
        self._recording: Any = None
        self._replacements = Replacements()

    def install(self) -> None:
        """Take the place of Python's functions, and have coroutines remember their origin."""
        put = self._replacements.put
        show, unawaited = private.SHOW, private.UNAWAITED
        self._show = put(show.owner, show.name, self.show)
        self._unawaited = put(unawaited.owner, unawaited.name, self.unawaited)
        put(threading.Thread, "run", tracking(threading.Thread.run))
        sys.set_coroutine_origin_tracking_depth(ORIGIN_DEPTH)

    def uninstall(self) -> None:
        """Put Python's functions back."""
        self._replacements.put_back()
        sys.set_coroutine_origin_tracking_depth(self._depth)

    def begin(self) -> None:
        """Remember who records warnings when a test begins, or the import of a module."""
        self._recording = getattr(warnings, RECORDING, None)

    def _expected(self) -> bool:
        """Tell whether the test itself records warnings now, as `pytest.warns` does."""
        return getattr(warnings, RECORDING, None) is not self._recording

    def unawaited(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Note a coroutine that is dropped before it ran."""
        one = dropped(coroutine)
        off = "coroutines" in self._findings.off
        if off or self._expected() or is_ignored(one):
            self._unawaited(coroutine)
        else:
            self.note(one)

    def note(self, one: "Dropped") -> None:
        """Note a coroutine that was dropped, now or before."""
        self._findings.add(
            "coroutines",
            f"the coroutine {one.name}() was never awaited",
            self._mend(one),
            [*one.made, *one.defined, *one.dropped],
        )

    def _mend(self, one: "Dropped") -> str:
        """Return what mends it: it depends on who made the call."""
        own = self._findings.own.innermost
        if not own(one.defined):
            return AWAIT
        if one.made and not own(one.made):
            return NO_AWAIT
        call = f"{one.name.rpartition('.')[2]}("
        is_called = own(one.made[:1]) and call in linecache.getline(*one.made[0])
        return AWAIT if is_called else EITHER

    def show(self, message: warnings.WarningMessage) -> None:
        """Note a resource that is dropped while it is open; show any other warning."""
        if (
            not issubclass(message.category, ResourceWarning)
            or "resources" in self._findings.off
            or self._expected()
        ):
            self._show(message)
            return
        source = message.source or dying()
        self._findings.add(
            "resources",
            f"left open: {message.message if source is None else described(source)}",
            "close it, best with `async with` or `with`",
            self._opened(source) or [(message.filename, message.lineno)],
        )


def tracking(run: Callable[[threading.Thread], None]) -> Callable[..., None]:
    """Return a function that runs a thread whose coroutines remember their origin."""

    def run_tracking(thread: threading.Thread) -> None:
        sys.set_coroutine_origin_tracking_depth(ORIGIN_DEPTH)
        run(thread)

    return run_tracking


def origin(coroutine: Any) -> list[Line]:
    """Return the lines on which a coroutine was made, from the inside out."""
    made = getattr(coroutine, "cr_origin", None) or ()
    return [(filename, line) for filename, line, _ in made]


class Dropped(NamedTuple):
    """A coroutine that was dropped before it ran."""

    name: str
    made: list[Line]
    defined: list[Line]
    dropped: list[Line]
    """The line that dropped it, of whoever it is."""


def dropped(coroutine: Any) -> Dropped:
    """Return what there is to tell of a coroutine that is dropped now, by the caller's caller."""
    name = getattr(coroutine, "__qualname__", type(coroutine).__name__)
    by = [line_of(frame) for frame in islice(frames(sys._getframe(2)), 1)]
    return Dropped(name, origin(coroutine), definition(coroutine), by)


def is_ignored(one: Dropped) -> bool:
    """Tell whether a filter of the owner's says that nobody wants to be warned of it."""
    message = f"coroutine '{one.name}' was never awaited"
    actions = (
        action
        for action, text, category, module, line in warnings.filters
        if issubclass(RuntimeWarning, category)
        and not (module or line)
        and (text is None or re.match(text, message))
    )
    return next(actions, "") == "ignore"


@contextmanager
def recorded() -> Iterator[list[Dropped]]:
    """Keep what is dropped meanwhile, instead of having Python warn of it."""
    kept: list[Dropped] = []
    replacements, depth = Replacements(), sys.get_coroutine_origin_tracking_depth()
    recording = getattr(warnings, RECORDING, None)

    def keep(coroutine: Coroutine[Any, Any, Any]) -> None:
        one = dropped(coroutine)
        if getattr(warnings, RECORDING, None) is recording and not is_ignored(one):
            kept.append(one)
        else:
            warn(coroutine)

    warn = replacements.put(private.UNAWAITED.owner, private.UNAWAITED.name, keep)
    sys.set_coroutine_origin_tracking_depth(ORIGIN_DEPTH)
    try:
        yield kept
    finally:
        sys.set_coroutine_origin_tracking_depth(depth)
        replacements.put_back()


def definition(coroutine: Any) -> list[Line]:
    """Return where the function of a coroutine stands."""
    code = getattr(coroutine, "cr_code", None)
    return [(code.co_filename, code.co_firstlineno)] if code else []


def task_factory(findings: Findings) -> Callable[..., asyncio.Task[Any]]:
    """Return a function that makes tasks that remember the project's lines they were made on."""
    own = findings.own

    def make(
        loop: asyncio.AbstractEventLoop, coroutine: Any, **kwargs: Any
    ) -> asyncio.Task[Any]:
        task = asyncio.Task(coroutine, loop=loop, **kwargs)
        makers = islice(frames(sys._getframe(1)), TASK_DEPTH)
        lines = [line_of(maker) for maker in makers if maker.f_code.co_filename in own]
        setattr(task, MADE, lines)
        setattr(task, MADE_FOR, findings.shared)
        return task

    return make


def dying() -> object:
    """Return the object whose `__del__` runs now: not every warning names its source."""
    for frame in frames(sys._getframe(1)):
        if frame.f_code.co_name == "__del__":
            return frame.f_locals.get("self")
    return None


@contextmanager
def resource_warnings() -> Iterator[None]:
    """Have resource warnings shown where they would be raised or, by default, ignored."""
    with warnings.catch_warnings():
        for index, entry in enumerate(warnings.filters):
            action, text, category, module, line = entry
            if issubclass(ResourceWarning, category) and not (text or module or line):
                if action == "error" or entry in DEFAULT_FILTERS:
                    # Below the owner's own filters for some of them; the call makes Python look.
                    shown = ("always", None, ResourceWarning, None, 0)
                    warnings.filters.insert(index, shown)  # type: ignore[attr-defined]
                    warnings.simplefilter("always", ResourceWarning, append=True)
                break
        yield
