"""What source code makes to be awaited, entered or iterated, and does not: Python warns of none of it."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from .meanings import TIMEOUTS, inside
from .parsed import ENTER, ITERATE, SourceFile, Told
from .warned import AWAIT

CACHES = {"functools.cache", "functools.cached_property", "functools.lru_cache"}
METHODS = {"aclose", "anext", "asend", "athrow"}
"""What an async generator is used by: each gives no coroutine, but is to be awaited like one."""

MANAGER = "contextlib.asynccontextmanager"

SIGN = re.compile(rb"\b(\w*cache\w*|aclose|anext|asend|athrow|yield|timeout(_at)?)\b")
NO_CACHE = "keep its result, or take a cache that is made for async functions"


def forgotten(file: SourceFile) -> dict[int, Told]:
    """Return the lines that have such a mistake."""
    names = (name.encode() for name in file.brought)
    if not (SIGN.search(file.text) or any(name in file.text for name in names)):
        return {}
    return {
        **dict(_kept(file)),
        **dict(_dropped(file)),
        **dict(_unentered(file)),
    }


def _kept(file: SourceFile) -> Iterator[tuple[int, Told]]:
    """Yield where a cache stands right on an async function, and so keeps a coroutine."""
    for node in file.nodes:
        if isinstance(node, ast.AsyncFunctionDef) and node.decorator_list:
            innermost = node.decorator_list[-1]
            names = {name.removesuffix("()") for name in file.meanings.of(innermost)}
            if names & CACHES:
                what = f"the coroutine of {node.name}() is kept, and can be awaited only once"
                yield innermost.lineno, (what, NO_CACHE)


def _dropped(file: SourceFile) -> Iterator[tuple[int, Told]]:
    """Yield the statements that only call such a method, unless the file has its own."""
    own = {node.name for node in file.nodes if isinstance(node, ast.FunctionDef)}
    for node in file.nodes:
        match node:
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(attr=name) | ast.Name(id="anext" as name)
                )
            ) if name in METHODS - own:
                yield node.lineno, (f"{name}() was never awaited", AWAIT)


def _unentered(file: SourceFile) -> Iterator[tuple[int, Told]]:
    """Yield the statements that make a context manager, or a generator, and leave it at that."""
    own = _to_be_run(file)
    for node in file.nodes:
        match node:
            case ast.Expr(value=ast.Call(func=made) as call):
                is_timeout = file.meanings.called(call) & TIMEOUTS
                how = (
                    ENTER
                    if is_timeout
                    else own.get(_name(made)) or _brought(file, made)
                )
                if how:
                    yield node.lineno, (f"{ast.unparse(made)}() has no effect", how)


def _to_be_run(file: SourceFile) -> dict[str, str]:
    """Return the functions of a file whose call alone does nothing, each with what it is for."""
    found = defaultdict[str, set[str]](set)
    for node in file.nodes:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found[node.name].add(_how_to_run(node, file))
    return {name: hows.pop() for name, hows in found.items() if len(hows) == 1}


def _how_to_run(
    function: ast.FunctionDef | ast.AsyncFunctionDef, file: SourceFile
) -> str:
    decorators = [file.meanings.of(decorator) for decorator in function.decorator_list]
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


def _brought(file: SourceFile, function: ast.expr) -> str:
    """Return what has the call of another file's function do anything."""
    name = ast.unparse(function)
    return "" if name.partition(".")[0] in file.local else file.brought.get(name, "")
