"""What source code enters in vain: a lock that nobody else has, a timeout around a fixture's `yield`."""

import ast
import re
from collections.abc import Iterable, Iterator

from .meanings import TIMEOUTS, inside
from .parsed import SourceFile, Told

LOCKS = {
    f"{module}.{name}"
    for module in ("asyncio", "asyncio.locks")
    for name in ("BoundedSemaphore", "Condition", "Lock", "Semaphore")
}
FIXTURES = {"pytest.fixture", "pytest_asyncio.fixture"}

SIGN = re.compile(rb"\b(BoundedSemaphore|Condition|Lock|Semaphore|timeout(_at)?)\(")
SHARE = "make it once, where all that are to wait for it find it"
MOVE = "the test runs in another task: have the timeout end before the `yield`"


def in_vain(file: SourceFile) -> dict[int, Told]:
    """Return the lines that make what is entered in vain."""
    if not SIGN.search(file.text):
        return {}
    return {**dict(_locks(file)), **dict(_timeouts(file))}


def _locks(file: SourceFile) -> Iterator[tuple[int, Told]]:
    """Yield where a lock is made that only the function that makes it can ever enter."""
    made = list(_entered(file.nodes))
    for node in file.nodes:
        if isinstance(node, ast.AsyncFunctionDef):
            for statement in inside(*node.body):
                match statement:
                    case (
                        ast.Assign(targets=[ast.Name(id=name)], value=value)
                        | ast.AnnAssign(
                            target=ast.Name(id=name), value=ast.expr() as value
                        )
                    ) if _only_enters(node, name):
                        made.append(value)
    for lock in made:
        if file.meanings.called(lock) & LOCKS and not _is_taken(lock):
            name = ast.unparse(lock).partition("(")[0]
            what = f"{name}() has no effect: nobody else can wait for it"
            yield lock.lineno, (what, SHARE)


def _is_taken(lock: ast.expr) -> bool:
    """Tell whether it is a semaphore that has no permit from its start."""
    match lock:
        case ast.Call(args=[ast.Constant(value=0)]):
            return True
    return False


def _only_enters(function: ast.AST, name: str) -> bool:
    """Tell whether all that a function does with what has a name is to enter it itself."""
    nodes = list(ast.walk(function))
    here = inside(*ast.iter_child_nodes(function))
    entered = [e for e in _entered(here) if isinstance(e, ast.Name) and e.id == name]
    used = [n for n in nodes if isinstance(n, ast.Name) and n.id == name]
    outer = (n for n in nodes if isinstance(n, (ast.Global, ast.Nonlocal)))
    return (
        0 < len(entered) == len(used) - 1  # One use assigns it.
        and not any(name in statement.names for statement in outer)
    )


def _timeouts(file: SourceFile) -> Iterator[tuple[int, Told]]:
    """Yield where a fixture makes a timeout that is to last while the test runs."""
    for fixture in file.nodes:
        if isinstance(fixture, ast.AsyncFunctionDef) and _is_fixture(fixture, file):
            for block in inside(*fixture.body):
                if isinstance(block, ast.AsyncWith) and _yields(block):
                    yield from _of_block(block, file)


def _of_block(block: ast.AsyncWith, file: SourceFile) -> Iterator[tuple[int, Told]]:
    for item in block.items:
        made = item.context_expr
        if (
            file.meanings.called(made) & TIMEOUTS
            and item.optional_vars is None  # Else it may be put off.
        ):
            name = ast.unparse(made).partition("(")[0]
            what = f"{name}() has no effect around the `yield` of a fixture"
            yield made.lineno, (what, MOVE)


def _is_fixture(function: ast.AsyncFunctionDef, file: SourceFile) -> bool:
    return any(file.meanings.named(one) & FIXTURES for one in function.decorator_list)


def _yields(block: ast.AsyncWith) -> bool:
    return any(isinstance(node, ast.Yield) for node in inside(*block.body))


def _entered(nodes: Iterable[ast.AST]) -> Iterator[ast.expr]:
    """Yield what is entered by `async with`."""
    for node in nodes:
        if isinstance(node, ast.AsyncWith):
            yield from (item.context_expr for item in node.items)
