"""Copier's small templates, each compiled once, where Copier compiles them for every render."""

from typing import Any

from jinja2 import Environment

SETTINGS = ("trim_blocks", "lstrip_blocks", "keep_trailing_newline", "sandboxed")
compile_anew = Environment.compile
compiled: dict[tuple[Any, ...], Any] = {}


def compile_once(
    environment: Environment, source: Any, name: Any = None, filename: Any = None
) -> Any:
    """Return what the same text was compiled to before, under the same settings."""
    if filename or not isinstance(source, str):
        return compile_anew(environment, source, name, filename)
    settings = [getattr(environment, setting) for setting in SETTINGS]
    known = [*environment.extensions, *environment.filters, *environment.tests]
    key = (source, name, *settings, *known)
    if key not in compiled:
        compiled[key] = compile_anew(environment, source, name)
    return compiled[key]
