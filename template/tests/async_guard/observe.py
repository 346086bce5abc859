"""Learn of calls without a wrapper around them.

Python looks a method up before it calls it. A descriptor that is asked then, and gives the
original back, sees the call and leaves no trace in it: no frame, no exception context.
"""

import pkgutil
import types
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import forbiddenfruit  # type: ignore[import-untyped]

Notify = Callable[[Any, Any], Any]
"""Takes an instance, or None, and what is about to be called; may return what to call instead."""
MISSING = object()


class Observed:
    """Stands for a method in its class, or for a function in its module, for all that one does."""

    def __init__(self, original: Any, notify: Notify, place: str) -> None:
        self._original, self._notify, self._place = original, notify, place
        self.__doc__, self.__module__ = original.__doc__, getattr(original, "__module__", "")

    __class__ = property(lambda self: self._original.__class__)  # pyright: ignore[reportIncompatibleMethodOverride]
    __call__ = property(lambda self: self._notify(None, self._original) or self._original)
    __eq__ = property(lambda self: self._original.__eq__)  # pyright: ignore[reportAssignmentType]
    __hash__ = property(lambda self: self._original.__hash__)  # pyright: ignore[reportAssignmentType]
    __repr__ = property(lambda self: self._original.__repr__)  # pyright: ignore[reportAssignmentType]

    def __reduce__(self) -> Any:
        return pkgutil.resolve_name, (self._place,)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if self._place:
            function: Any = self
            is_method = instance is not None and isinstance(self._original, types.FunctionType)
            return types.MethodType(function, instance) if is_method else self
        method = self._original.__get__(instance, owner)
        return method if instance is None else self._notify(instance, method) or method


class Observers(ExitStack):
    """Observes functions and methods until it is closed."""

    def add(self, owner: Any, name: str, notify: Notify) -> None:
        """Observe a function of a module, or a method of a class."""
        original = vars(owner).get(name, getattr(owner, name))
        place = f"{owner.__name__}:{name}" if isinstance(owner, types.ModuleType) else ""
        self.put(owner, name, Observed(original, notify, place))

    def put(self, owner: Any, name: str, new: Any) -> Any:
        """Put something in the place of an attribute; return what was there."""
        before = vars(owner).get(name, MISSING)
        replace(owner, name, new)
        self.callback(replace, owner, name, before)
        return before


def replace(owner: Any, name: str, value: Any) -> None:
    """Set an attribute of a module or a class, or delete it."""
    if value is MISSING:
        delattr(owner, name)
        return
    try:
        setattr(owner, name, value)
    except TypeError:  # It is a class of C, for which blockbuster uses this library, too.
        forbiddenfruit.curse(owner, name, value)
        forbiddenfruit.reverse(owner, f"_c_{name}")  # Its copy of the old attribute.
