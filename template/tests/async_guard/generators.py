"""Async generators that are left before their end, and whose clean-up awaits.

A dropped generator is closed by the event loop, at some later time and in another task. That
is harmless where its clean-up awaits nothing, so the first step of closing it decides.
"""

import asyncio
import contextlib
import sys
import types
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakSet

from .findings import Findings
from .mistakes import Line, stack


class Generators:
    """Closes the generators that are dropped on a loop, and notes what their clean-up does."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._closing: set[asyncio.Task[None]] = set()
        self._begun: WeakSet[Any] = WeakSet()
        # By address: when a generator is dropped, its weak references are gone already.
        self._lines: dict[int, list[Line]] = {}

    def watch(self) -> None:
        """Be told of each generator that the running loop begins, or finds dropped.

        The loop sets its own hooks when it starts, and takes them away when it stops.
        """
        begin = sys.get_asyncgen_hooks().firstiter
        sys.set_asyncgen_hooks(
            firstiter=partial(self._begin, begin),
            finalizer=partial(self._drop, asyncio.get_running_loop()),
        )

    def unfinished(self) -> bool:
        """Tell whether something holds a generator that has not come to its end."""
        unfinished = {id(one) for one in self._begun if one.ag_frame is not None}
        self._lines = {one: self._lines[one] for one in unfinished}
        return bool(unfinished)

    def _begin(self, begin: Callable[[Any], None] | None, generator: Any) -> None:
        self._begun.add(generator)
        self._lines[id(generator)] = list(stack(sys._getframe(1)))
        if begin:
            begin(generator)

    def _drop(self, loop: asyncio.AbstractEventLoop, generator: Any) -> None:
        if not loop.is_closed():
            frame = generator.ag_frame
            line = (generator.ag_code.co_filename, frame.f_lineno if frame else 0)
            lines = [*self._lines.pop(id(generator), []), line]
            loop.call_soon_threadsafe(self._start, loop, generator, lines)

    def _start(
        self, loop: asyncio.AbstractEventLoop, generator: Any, lines: list[Line]
    ) -> None:
        task = loop.create_task(self.close(generator, lines))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def close(self, generator: Any, lines: list[Line]) -> None:
        """Close a generator as the loop would."""
        await self._observed(generator, lines)

    @types.coroutine
    def _observed(self, generator: Any, lines: list[Line]) -> Any:
        closing = generator.aclose().__await__()
        try:
            awaited = next(closing)
        except StopIteration:
            return
        self._note(generator.__qualname__, lines)
        while True:
            try:
                sent = yield awaited
            except BaseException as error:  # noqa: BLE001 - passed on, whatever it is
                step = partial(closing.throw, error)
            else:
                step = partial(closing.send, sent)
            try:
                awaited = step()
            except StopIteration:
                return

    def _note(self, name: str, lines: list[Line]) -> None:
        if lines[0][0] == contextlib.__file__:
            what = f"the async context manager {name}() was entered and never left"
            mend = "enter it by `async with`"
        else:
            what = f"the async generator {name}() was left early"
            mend = "loop over it inside `async with contextlib.aclosing(…)`"
        what += ", and its clean-up awaits"
        self._findings.add("generators", what, mend, lines)
