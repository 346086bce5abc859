"""Learn of calls without a wrapper around them.

Python looks a method up before it calls it. A descriptor that is asked then, and gives the
original back, sees the call and leaves no trace in it: no frame in a traceback, no other
arguments, no exception context. The class itself gives the original, too.
"""

import functools
import pkgutil
import sys
import types
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import forbiddenfruit  # type: ignore[import-untyped]

Notify = Callable[[Any, Any], Any]
"""Takes an instance, or None, and what is about to be called; may return what to call instead."""

MISSING = object()
AUDITED: dict[str, list[Callable[..., None]]] = {}  # What takes each of Python's audit events.


class Observed:
    """Stands for a method in its class, or for a function in its module."""

    def __init__(self, original: Any, notify: Notify) -> None:
        self._original = original
        self._notify = notify

    __class__ = property(lambda self: type(self._original))  # pyright: ignore[reportIncompatibleMethodOverride]

    @property
    def __call__(self) -> Any:
        return self._original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        method = self._original.__get__(instance, owner)
        return method if instance is None else self._notify(instance, method) or method


class ObservedFunction(Observed):
    """Stands for a function in its module: it can be pickled, compared, inspected and bound."""

    def __init__(self, original: Any, notify: Notify, place: str) -> None:
        wrapper: Any = self
        functools.update_wrapper(wrapper, original)
        del wrapper.__wrapped__
        super().__init__(original, notify)
        self._place = place

    @property
    def __call__(self) -> Any:
        return self._notify(None, self._original) or self._original

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        function: Any = self
        python = isinstance(self._original, types.FunctionType)
        return types.MethodType(function, instance) if python and instance is not None else self

    def __eq__(self, other: object) -> bool:
        return other is self or bool(self._original == other)

    def __hash__(self) -> int:
        return hash(self._original)

    def __repr__(self) -> str:
        return repr(self._original)

    def __reduce__(self) -> Any:
        return pkgutil.resolve_name, (self._place,)


class Observers:
    """Observes functions and methods until they are removed."""

    def __init__(self) -> None:
        self._undo = ExitStack()
        self.at_end = self._undo.callback
        self.remove = self._undo.close

    def add(self, owner: Any, name: str, notify: Notify) -> None:
        """Observe a function of a module, or a method of a class."""
        original = getattr(owner, name)
        if isinstance(owner, types.ModuleType):
            self.put(owner, name, ObservedFunction(original, notify, f"{owner.__name__}:{name}"))
            return
        observed = Observed(vars(owner).get(name, original), notify)
        try:
            self.put(owner, name, observed)
        except TypeError:  # It is a class of C, for which blockbuster uses this library, too.
            curse(owner, name, observed)
            self.at_end(curse, owner, name, original)

    def put(self, owner: Any, name: str, new: Any) -> Any:
        """Put something in the place of an attribute; return what was there."""
        before = vars(owner).get(name, MISSING)
        setattr(owner, name, new)
        if before is MISSING:
            self.at_end(delattr, owner, name)
        else:
            self.at_end(setattr, owner, name, before)
        return before

    def audit(self, event: str, notify: Callable[..., None]) -> None:
        """Observe an audit event of Python's: `notify` takes its arguments."""
        if not AUDITED:
            sys.addaudithook(audit)  # For good: there is no way to remove one.
        AUDITED.setdefault(event, []).append(notify)
        self.at_end(AUDITED[event].remove, notify)


def curse(owner: type, name: str, value: Any) -> None:
    """Set an attribute of a class of C, and leave no copy of the old one."""
    forbiddenfruit.curse(owner, name, value)
    forbiddenfruit.reverse(owner, f"_c_{name}")


def audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Pass an audit event on."""
    for notify in AUDITED.get(event, ()):
        notify(*arguments)
