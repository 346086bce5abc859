"""Calls of the package that block the event loop, seen by blockbuster.

The nearest code of the project's own decides: the package must not block, a test may, and so
may a test's stub that the package calls.
"""

import inspect
import sys
from collections.abc import Callable, Iterable
from functools import partial
from itertools import takewhile
from types import FrameType
from typing import Any

from blockbuster import BlockBuster, BlockBusterFunction

from .calls import ASKING, HARMLESS, SHORT, SOCKETS, calls
from .findings import Findings
from .mistakes import OwnCode, line_of, unwatched
from .replacements import Replacements

ASYNC = inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR

IMPORTING = "<frozen importlib"
"""Where a module is loaded: all that its code does then is done once."""

EXCUSED = {
    "_pytest": (),
    "asyncpg.connect_utils": (),
    "bdb": (),
    "coverage": (),
    "gettext": (),
    "importlib": (),
    "inspect": (),
    "linecache": (),
    "logging": (),
    "mimetypes": (),
    "platform": (),
    "zoneinfo": (),
    "concurrent.futures.process": ("submit", "wakeup"),
    "concurrent.futures.thread": ("submit",),
    "multiprocessing.heap": (),
    "multiprocessing.process": ("start",),
    "multiprocessing.resource_tracker": (),
    "multiprocessing.util": ("get_temp_dir",),
    "ssl": ("get_default_verify_paths",),
    "subprocess": ("__init__",),
    "tempfile": ("gettempdir", "_gettempdir"),
    "threading": ("start",),
    "uuid": ("getnode",),
}
"""What opens a file once and remembers it, what starts something, and what watches a program:
modules, and their functions where only some do."""


class Blocking:
    """Notes each call that blocks, and lets it go on."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._blockbuster = BlockBuster()
        self._replacements = Replacements()

    def install(self) -> None:
        """Wrap the functions that block, also where the package has bound one to a name."""
        functions = self._blockbuster.functions
        for name in HARMLESS:
            functions.pop(name, None)
        for name, owner, may in calls():
            function = BlockBusterFunction(owner, name.rpartition(".")[2])
            function.can_block_predicate = may
            functions[name] = function
        for name, function in functions.items():
            function.can_block_predicate = partial(
                self._permitted, name, function, function.can_block_predicate
            )
        self._blockbuster.activate()
        self._bind_again()

    def uninstall(self) -> None:
        """Put the functions back."""
        self._replacements.put_back()
        self._blockbuster.deactivate()

    def _bind_again(self) -> None:
        wrapped = {
            id(function.original_func): function
            for function in self._blockbuster.functions.values()
            if function.activated
        }
        for module in list(sys.modules.values()):
            names = getattr(
                module, "__dict__", {}
            )  # No attribute: some load when asked.
            if self._findings.own.in_package(str(names.get("__file__"))):
                for name, value in list(names.items()):
                    if function := wrapped.get(id(value)):
                        new = getattr(function.module, function.func_name)
                        self._replacements.put(module, name, new)

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
        own = self._findings.own
        callers = list(unwatched(sys._getframe(1)))
        if not held_by_package(callers, own) or is_excused(
            callers, own, name, function
        ):
            return True
        lines = [line_of(frame) for frame in callers]
        if name in ASKING and not own.direct(lines):
            return True
        if name in SHORT and SHORT[name](*args, **kwargs):
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


def is_excused(
    callers: Iterable[FrameType],
    own: OwnCode,
    name: str,
    function: BlockBusterFunction,
) -> bool:
    """Tell whether a call is made on behalf of what must block at times.

    The project's own code that this calls in its turn is not excused, but for an import.
    """
    callers = list(callers)
    if any(frame.f_code.co_filename.startswith(IMPORTING) for frame in callers):
        return True
    for frame in takewhile(lambda one: one.f_code.co_filename not in own, callers):
        module, code = frame.f_globals.get("__name__", ""), frame.f_code
        for excused in (module, module.partition(".")[0]):
            functions = EXCUSED.get(excused)
            if functions is not None and (not functions or code.co_name in functions):
                return True
        if module.startswith("asyncio.") and not name.startswith(SOCKETS):
            return True  # It knows what it does, but not what a socket does that it is given.
        for ending, names in function.can_block_functions:
            if code.co_filename.endswith(ending) and code.co_name in names:
                return True
    return False
