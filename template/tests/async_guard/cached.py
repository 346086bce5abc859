"""Async functions that a cache of `functools` stands on: it keeps a coroutine, which runs once."""

import ast
import re

from .meanings import Meanings

CACHES = {"functools.cache", "functools.cached_property", "functools.lru_cache"}
CACHE = re.compile(rb"\b(cache|cached_property|lru_cache)\b")


def cached(source: bytes) -> dict[int, str]:
    """Return the lines of the decorators, each with the name of the function under it."""
    try:
        tree = ast.parse(source if CACHE.search(source) else b"")
    except (SyntaxError, ValueError):  # It is no Python.
        return {}
    meanings = Meanings(tree)
    return {
        node.decorator_list[-1].lineno: node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef)
        for decorator in node.decorator_list[-1:]
        if {name.removesuffix("()") for name in meanings.of(decorator)} & CACHES
    }
