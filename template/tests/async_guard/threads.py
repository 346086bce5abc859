"""Work that is given to an event loop from another thread: the loop may not wake up for it."""

import asyncio
import sys
from collections.abc import Callable
from typing import Any

from .findings import Findings
from .mistakes import frames, line_of
from .replacements import Replacements

SCHEDULING = ("call_soon", "call_at")
"""What all of asyncio's own objects end in: events, queues, futures, tasks."""


class Threads:
    """Watches from which threads loops are given work."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._replacements = Replacements()

    def install(self) -> None:
        """Look at each call that is scheduled."""
        for name in SCHEDULING:
            original = getattr(asyncio.BaseEventLoop, name)
            self._replacements.put(
                asyncio.BaseEventLoop, name, self._watching(original)
            )

    def uninstall(self) -> None:
        """Look no more."""
        self._replacements.put_back()

    def _watching(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def schedule(loop: asyncio.AbstractEventLoop, *args: Any, **kwargs: Any) -> Any:
            if asyncio._get_running_loop() is not loop and loop.is_running():
                self._note()
            return original(loop, *args, **kwargs)

        return schedule

    def _note(self) -> None:
        outer = list(frames(sys._getframe(2)))
        lines = [line_of(frame) for frame in outer]
        own = self._findings.own
        handed_over = all(map(own.is_standard, lines))
        finalizing = any(frame.f_code.co_name == "__del__" for frame in outer)
        if (own.direct(lines) or handed_over) and not finalizing:
            self._findings.add(
                "loops",
                "a running event loop was given work from another thread",
                "use `loop.call_soon_threadsafe` or `asyncio.run_coroutine_threadsafe`",
                lines,
            )
