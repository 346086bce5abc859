"""Learn of calls without a wrapper around them.

Python looks a method up before it calls it. A descriptor that is asked then, and gives the
original back, sees the call and leaves no trace in it: no frame in a traceback, no other
arguments, no exception context. The class itself gives the original, too.
"""

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


class Observed:
    """Stands for a method in its class."""

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
        super().__init__(original, notify)
        self._place = place
        self.__doc__, self.__module__ = original.__doc__, original.__module__

    @property
    def __call__(self) -> Any:
        return self._notify(None, self._original) or self._original

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        function: Any = self
        is_method = instance is not None and isinstance(self._original, types.FunctionType)
        return types.MethodType(function, instance) if is_method else self

    def __eq__(self, other: object) -> bool:
        return other is self or bool(self._original == other)

    def __hash__(self) -> int:
        return hash(self._original)

    def __repr__(self) -> str:
        return repr(self._original)

    def __reduce__(self) -> Any:
        return pkgutil.resolve_name, (self._place,)


class Observers:
    """Observes functions, methods and Python's audit events until they are removed."""

    def __init__(self) -> None:
        self._undo = ExitStack()
        self.at_end = self._undo.callback
        self.remove = self._undo.close

    def add(self, owner: Any, name: str, notify: Notify) -> None:
        """Observe a function of a module, or a method of a class."""
        original = getattr(owner, name)
        if isinstance(owner, types.ModuleType):
            place = f"{owner.__name__}:{name}"
            self.put(owner, name, ObservedFunction(original, notify, place))
        else:
            self.put(owner, name, Observed(vars(owner).get(name, original), notify))

    def put(self, owner: Any, name: str, new: Any) -> Any:
        """Put something in the place of an attribute; return what was there."""
        before = vars(owner).get(name, MISSING)
        replace(owner, name, new)
        self.at_end(replace, owner, name, before)
        return before

    def audit(self, notify: dict[str, Callable[..., None]]) -> None:
        """Observe audit events by their names: a function takes the arguments of its event."""

        def hook(event: str, arguments: Any) -> None:
            if event in notify:  # Most are not, of a hundred in each test.
                notify[event](*arguments)

        sys.addaudithook(hook)  # There is no way to remove one.
        self.at_end(notify.clear)


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
