"""Resources that are open when the test is over, though Python warns of none of them."""

import asyncio
import functools
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from .findings import Findings
from .items import contains
from .jobs import Jobs
from .kinds import Kind, kind_of
from .mistakes import Line
from .names import described
from .opened import Opened
from .replacements import Replacements


class _Open(NamedTuple):
    resource: Callable[[], Any]
    kind: Kind
    loop: asyncio.AbstractEventLoop | None
    lines: list[Line]
    fixture: Any

    def goes_on(self) -> bool:
        """Tell whether the fixture or the loop goes on that it was opened for."""
        if self.fixture is not None and self.fixture.cached_result is not None:
            return True
        return self.loop is not None and not self.loop.is_closed()


class Resources:
    """What a test has opened, and whether it is still open when the test is over."""

    def __init__(self, findings: Findings, jobs: Jobs) -> None:
        self.opened = Opened(self._add)
        self._findings = findings
        self._jobs = jobs
        self._open: list[_Open] = []
        self._shared: list[_Open] = []
        """What fixtures opened that tests share, and that are not over."""
        self._executors: weakref.WeakKeyDictionary[Any, Any] = (
            weakref.WeakKeyDictionary()
        )
        self._replacements = Replacements()

    def install(self) -> None:
        """Hear of all that is opened."""
        self.opened.install()
        original = ThreadPoolExecutor.shutdown

        @functools.wraps(original)
        def shutdown(executor: Any, *args: Any, **kwargs: Any) -> None:
            if finalizer := self._executors.pop(executor, None):
                finalizer.detach()
            original(executor, *args, **kwargs)

        self._replacements.put(ThreadPoolExecutor, "shutdown", shutdown)

    def uninstall(self) -> None:
        """Hear of it no more."""
        self._replacements.put_back()
        self.opened.uninstall()

    def begin(self) -> None:
        """Forget what was opened before the test."""
        self._open = list(self._shared)
        if self._executors:
            for executor in list(self._executors):
                self._executors.pop(executor).detach()
        self.opened.forget()
        self.opened.install_libraries()

    def judge(self) -> None:
        """Note what is open, of what nobody will close any more, though something holds it."""
        opened, self._open, self._shared = self._open, [], []
        for one in opened:
            resource = one.resource()
            if resource is None:
                continue
            if one.fixture and one.goes_on():
                self._shared.append(one)
            elif one.goes_on() and not self._in_test(one.lines):
                self.opened.keep(resource)  # A fixture's pool may have opened it.
            elif one.kind.is_open(resource):
                self._note(described(resource), one.lines)
        if self._executors:
            for finalizer in list(self._executors.values()):
                (_, note, arguments, _) = finalizer.detach()
                note(*arguments)
            self._executors.clear()

    def _in_test(self, lines: list[Line]) -> bool:
        return self._findings.in_test(self._findings.own.innermost(lines))

    def _note(self, what: str, lines: list[Line]) -> None:
        self._findings.add(
            "resources",
            f"left open: {what}",
            "close it, best with `async with` or `with`",
            lines,
        )

    def _note_executor(self, what: str, lines: list[Line], in_pools: int) -> None:
        if self._jobs.in_pools == in_pools:
            return  # It has not begun a thread.
        if not self._findings.own.blames_package(lines):  # It may keep one for good.
            self._note(what, lines)

    def _add(self, resource: Any, lines: list[Line]) -> None:
        if isinstance(resource, threading.Thread) and self._jobs.add(resource, lines):
            return
        shared = self._findings.shared
        if shared:
            self.opened.keep(resource)
        own = self._findings.own
        if isinstance(resource, ThreadPoolExecutor):
            if shared:
                return
            if own.innermost(lines[:1]):  # Else it is a loop's own, which closes it.
                finalizer = weakref.finalize(
                    resource,
                    self._note_executor,
                    described(resource),
                    lines,
                    self._jobs.in_pools,
                )
                finalizer.atexit = False
                self._executors[resource] = finalizer
            return
        if shared and not contains(shared.func, own.innermost(lines)):
            return  # What the fixture uses may be closed by another one.
        kind = kind_of(resource)
        if (
            kind
            and (own.innermost(lines) if kind.of_library else own.direct(lines))
            and (kind.of_package(resource) or not own.blames_package(lines))
        ):
            reference = (lambda: resource) if kind.silent else weakref.ref(resource)
            self._open.append(_Open(reference, kind, _running_loop(), lines, shared))


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
