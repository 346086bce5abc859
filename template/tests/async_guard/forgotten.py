"""What source code makes to be awaited, entered or iterated, and does not: Python warns of none of it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from .meanings import Meanings, inside
from .warned import AWAIT

CACHES = {"functools.cache", "functools.cached_property", "functools.lru_cache"}
METHODS = {"aclose", "anext", "asend", "athrow"}
"""What an async generator is used by: each gives no coroutine, but is to be awaited like one."""

TIMEOUTS = {"asyncio.timeout", "asyncio.timeout_at"}
MANAGER = "contextlib.asynccontextmanager"

SIGN = re.compile(rb"\b(\w*cache\w*|aclose|anext|asend|athrow|yield|timeout(_at)?)\b")
ENTER = "enter it by `async with`"
ITERATE = "iterate over it by `async for`"
NO_CACHE = "keep its result, or take a cache that is made for async functions"

Told = tuple[str, str]
"""What happened, and how to mend it."""


def forgotten(source: bytes) -> dict[int, Told]:
    """Return the lines that have such a mistake."""
    try:
        tree = ast.parse(source if SIGN.search(source) else b"")
    except (SyntaxError, ValueError):  # It is no Python.
        return {}
    meanings = Meanings(tree)
    return {
        **dict(_kept(tree, meanings)),
        **dict(_dropped(tree)),
        **dict(_unentered(tree, meanings)),
    }


def _kept(tree: ast.Module, meanings: Meanings) -> Iterator[tuple[int, Told]]:
    """Yield where a cache stands right on an async function, and so keeps a coroutine."""
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


def _unentered(tree: ast.Module, meanings: Meanings) -> Iterator[tuple[int, Told]]:
    """Yield the statements that make a context manager, or a generator, and leave it at that."""
    own = _to_be_run(tree, meanings)
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Call(func=made)):
                how = ENTER if meanings.of(made) & TIMEOUTS else own.get(_name(made))
                if how:
                    yield node.lineno, (f"{ast.unparse(made)}() has no effect", how)


def _to_be_run(tree: ast.Module, meanings: Meanings) -> dict[str, str]:
    """Return the functions of a file whose call alone does nothing, each with what it is for."""
    found = defaultdict[str, set[str]](set)
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found[node.name].add(_how_to_run(node, meanings))
    return {name: hows.pop() for name, hows in found.items() if len(hows) == 1}


def _how_to_run(
    function: ast.FunctionDef | ast.AsyncFunctionDef, meanings: Meanings
) -> str:
    decorators = [meanings.of(decorator) for decorator in function.decorator_list]
    if isinstance(function, ast.FunctionDef) or not any(
        isinstance(node, ast.Yield) for node in inside(*function.body)
    ):
        return ""
    return ENTER if decorators == [{MANAGER}] else "" if decorators else ITERATE


def _name(function: ast.expr) -> str:
    """Return what a file calls a function of its own, or a method of the same object."""
    match function:
        case (
            ast.Name(id=name) | ast.Attribute(value=ast.Name("self" | "cls"), attr=name)
        ):
            return name
    return ""
