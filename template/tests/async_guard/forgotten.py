"""What source code makes to be awaited, entered or iterated, and does not: Python warns of none of it."""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .meanings import TIMEOUTS, bound, inside
from .parsed import ENTER, ITERATE, SourceFile, Told, how_run
from .warned import AWAIT

CACHES = {"functools.cache", "functools.cached_property", "functools.lru_cache"}
METHODS = {"aclose", "anext", "asend", "athrow"}
"""What an async generator is used by: each gives no coroutine, but is to be awaited like one."""

ENTERED = TIMEOUTS | {"asyncio.TaskGroup"}
MANAGER = "contextlib.asynccontextmanager"
RAISES = {"pytest.raises", "self.assertRaises", "self.assertRaisesRegex"}

SIGN = re.compile(
    rb"\b(\w*cache\w*|aclose|anext|asend|athrow|yield|timeout(_at)?|TaskGroup)\b"
)
NO_CACHE = "keep its result, or take a cache that is made for async functions"


def forgotten(file: SourceFile, known: Iterable[str] = ()) -> dict[int, Told]:
    """Return the lines that have such a mistake; `known` are names of functions elsewhere."""
    called = (f"{name}(".encode() for name in known)
    if not (SIGN.search(file.text) or any(call in file.text for call in called)):
        return {}
    calls = list(_calls(file))
    return {
        **dict(_kept(file)),
        **dict(_dropped(file, calls)),
        **dict(_unused(file, calls)),
    }


def _kept(file: SourceFile) -> Iterator[tuple[int, Told]]:
    """Yield where a cache stands right on an async function, and so keeps a coroutine."""
    for node in file.nodes:
        if isinstance(node, ast.AsyncFunctionDef) and node.decorator_list:
            innermost = node.decorator_list[-1]
            if file.meanings.named(innermost) & CACHES:
                what = f"the coroutine of {node.name}() is kept, and can be awaited only once"
                yield innermost.lineno, (what, NO_CACHE)


def _dropped(file: SourceFile, calls: Iterable[ast.Call]) -> Iterator[tuple[int, Told]]:
    """Yield the statements that only call such a method, unless the file has its own."""
    own = {node.name for node in file.nodes if isinstance(node, ast.FunctionDef)}
    for call in calls:
        match call.func:
            case ast.Name(id="anext" as name) | ast.Attribute(attr=name) if (
                name in METHODS - own and not _is_of_mock(call.func, file)
            ):
                yield call.lineno, (f"{name}() was never awaited", AWAIT)


def _is_of_mock(method: ast.expr, file: SourceFile) -> bool:
    names = file.meanings.of(method)
    return any(name.rpartition(".")[0].endswith("Mock()") for name in names)


def _unused(file: SourceFile, calls: Iterable[ast.Call]) -> Iterator[tuple[int, Told]]:
    """Yield the statements that make a context manager, or a generator, and leave it at that."""
    functions, methods = _of_file(file), dict(_methods(file))
    for call in calls:
        match call.func:
            case ast.Name(id=name) if name in functions:
                how = functions[name]
            case ast.Attribute(value=ast.Name("self" | "cls")):
                how = methods.get(call, "")
            case function:
                how = how_run(file.object_of(function))
        how = ENTER if file.meanings.called(call) & ENTERED else how
        if how:
            yield call.lineno, (f"{ast.unparse(call.func)}() has no effect", how)


def _calls(file: SourceFile) -> Iterator[ast.Call]:
    """Yield the calls that are a statement, but for those that are expected to fail."""
    expected = {
        inner
        for node in file.nodes
        if isinstance(node, ast.With)
        and any(file.meanings.called(item.context_expr) & RAISES for item in node.items)
        for inner in inside(*node.body)
    }
    return (call for statement, call in file.calls if statement not in expected)


def _of_file(file: SourceFile) -> dict[str, str]:
    """Return the functions of a file whose call alone does nothing, each with what it is for.

    What has another meaning somewhere in the file, as that of a parameter, is left out.
    """
    meanings = Counter(name for node in file.nodes for name in bound(node))
    return {
        node.name: how
        for node in file.nodes
        if isinstance(node, ast.AsyncFunctionDef)
        and meanings[node.name] == 1
        and (how := _how_run(node, file))
    }


def _methods(file: SourceFile) -> Iterator[tuple[ast.AST, str]]:
    """Yield the calls, on the same object, of a class's methods that are such functions."""
    for kind in file.nodes:
        if isinstance(kind, ast.ClassDef):
            methods = {
                node.name: _how_run(node, file)
                for node in kind.body
                if isinstance(node, ast.AsyncFunctionDef)
            }
            for node in _within(kind):
                match node:
                    case ast.Call(func=ast.Attribute(attr=name)) if name in methods:
                        yield node, methods[name]


def _within(kind: ast.AST) -> Iterator[ast.AST]:
    """Yield what is below a class, but for other classes: their methods have another `self`."""
    for node in ast.iter_child_nodes(kind):
        if not isinstance(node, ast.ClassDef):
            yield node
            yield from _within(node)


def _how_run(function: ast.AsyncFunctionDef, file: SourceFile) -> str:
    decorators = [file.meanings.of(decorator) for decorator in function.decorator_list]
    if not any(isinstance(node, ast.Yield) for node in inside(*function.body)):
        return ""
    return ENTER if decorators == [{MANAGER}] else "" if decorators else ITERATE
