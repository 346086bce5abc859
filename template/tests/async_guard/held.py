"""Locks of threads that are held while a coroutine waits: whoever else wants one stops the loop."""

import ast
from collections import defaultdict

from .meanings import last_name
from .parsed import SourceFile, Told
from .waits import waits

LOCKS = {
    f"{module}.{name}"
    for module in ("threading", "multiprocessing")
    for name in ("BoundedSemaphore", "Condition", "Lock", "RLock", "Semaphore")
}
WHAT = "a thread's lock is held here over an `await`: another task that wants it stops the event loop"
MEND = "take an `asyncio.Lock`, by `async with`, or let go of it before the `await`"


def held(file: SourceFile) -> dict[int, Told]:
    """Return the lines that take such a lock, and keep it while they wait."""
    if not (b"threading" in file.text or b"multiprocessing" in file.text):
        return {}
    locks = _locks(file)
    return {
        node.lineno: (WHAT, MEND)
        for node in file.nodes
        if isinstance(node, ast.With)
        and any(_name(item.context_expr) in locks for item in node.items)
        and waits(node.body)
    }


def _name(lock: ast.expr) -> str:
    """Return the name of a variable, or of an attribute of the same object."""
    match lock:
        case (
            ast.Name(id=name) | ast.Attribute(value=ast.Name("self" | "cls"), attr=name)
        ):
            return name
    return ""


def _locks(file: SourceFile) -> set[str]:
    """Return the names, of variables and attributes, that stand for nothing but such locks."""
    given = defaultdict[str, set[str]](set)
    told = set[ast.AST]()
    for node in file.nodes:  # From the outside in.
        match node:
            case ast.Assign(targets=targets, value=kind):
                told.update(targets)
                for target in targets:
                    given[last_name(target)] |= file.meanings.named(kind) or {""}
            case ast.AnnAssign(target=target, annotation=kind):
                told.add(target)
                given[last_name(target)] |= file.meanings.named(kind) or {""}
            case ast.arg(arg=name, annotation=annotation):
                given[name] |= file.meanings.named(annotation) or {""}
            case ast.Name(ctx=ast.Store()) | ast.Attribute(ctx=ast.Store()):
                if node not in told:
                    given[last_name(node)].add("")
    return {name for name, kinds in given.items() if name and kinds <= LOCKS}
