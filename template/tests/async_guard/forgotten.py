"""Coroutines that source code keeps in a cache, or drops unseen: before 3.13, Python warns of neither."""

import ast
import re
from collections.abc import Iterator

from .meanings import Meanings

CACHES = {"functools.cache", "functools.cached_property", "functools.lru_cache"}
METHODS = {"aclose", "anext", "asend", "athrow"}
"""What an async generator is used by: each gives no coroutine, but is to be awaited like one."""

SIGN = re.compile(rb"\b(\w*cache\w*|aclose|anext|asend|athrow)\b")
AWAIT = "put `await` in front of the call"
NO_CACHE = "keep its result, or take a cache that is made for async functions"

Told = tuple[str, str]
"""What happened, and how to mend it."""


def forgotten(source: bytes) -> dict[int, Told]:
    """Return the lines that have such a mistake."""
    try:
        tree = ast.parse(source if SIGN.search(source) else b"")
    except (SyntaxError, ValueError):  # It is no Python.
        return {}
    return {**dict(_kept(tree)), **dict(_dropped(tree))}


def _kept(tree: ast.Module) -> Iterator[tuple[int, Told]]:
    """Yield where a cache stands right on an async function, and so keeps a coroutine."""
    meanings = Meanings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef) and node.decorator_list:
            innermost = node.decorator_list[-1]
            names = {name.removesuffix("()") for name in meanings.of(innermost)}
            if names & CACHES:
                what = f"the coroutine of {node.name}() is kept, and can be awaited only once"
                yield innermost.lineno, (what, NO_CACHE)


def _dropped(tree: ast.Module) -> Iterator[tuple[int, Told]]:
    """Yield the statements that only call such a method, unless the file has its own."""
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        match node:
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(attr=name) | ast.Name(id="anext" as name)
                )
            ) if name in METHODS - own:
                yield node.lineno, (f"{name}() was never awaited", AWAIT)
