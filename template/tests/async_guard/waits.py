"""What a block waits for, and whether it is certain that nobody else cancels that."""

import ast
from collections import Counter
from collections.abc import Iterable

from .cancelled import Cancelled, awaits, cancelled
from .meanings import FUNCTIONS, assignments, inside, last_name

Nodes = list[ast.AST]

WAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith)
TAKING_ONE = {"as_completed", "ensure_future", "shield", "wait", "wait_for"}
TAKING_ONE |= {"wrap_future"}
CANCELLED_BY_CLOSING = "serve_forever"
"""Where a server is closed by another task, this ends by a cancellation."""


class Waits:
    """Tells for a function of a file what its blocks wait for."""

    def __init__(self, nodes: Nodes, in_file: Cancelled, *, yields: bool) -> None:
        nested = (node for node in nodes if isinstance(node, FUNCTIONS))
        within = [inner for function in nested for inner in ast.walk(function)]
        self._cancelled = cancelled([*nodes, *within]) | in_file.names
        self._yields = yields
        """Whether the block of a `with` runs while the function yields."""
        loaded = Counter(_loaded([*nodes, *within]))
        waits = (node for node in nodes if isinstance(node, ast.Await))
        awaited = Counter(name for node in waits for name in _loaded(ast.walk(node)))
        self._own: dict[str, list[ast.expr]] = {}
        """What nobody but the function's own waits can reach, by its name."""
        for node in nodes:
            for name, value in assignments(node):
                if loaded[name] == awaited[name]:
                    self._own.setdefault(name, []).append(value)

    def certain(self, block: Iterable[ast.AST]) -> bool:
        """Tell whether a block waits, and for nothing that somebody else may cancel."""
        nodes = list(inside(*block))
        return not awaits(nodes, self._cancelled) and any(
            isinstance(node, ast.AsyncFor)
            or (isinstance(node, ast.comprehension) and bool(node.is_async))
            or (isinstance(node, ast.Await) and self._only_ours(node.value))
            or (isinstance(node, ast.AsyncWith) and not waits(node.body))
            or (isinstance(node, ast.Yield) and self._yields)
            for node in nodes
        )

    def _only_ours(self, node: ast.expr, seen: frozenset[str] = frozenset()) -> bool:
        """Tell whether nobody else can cancel what an expression stands for."""
        match node:
            case ast.Call(func=function, args=args):
                name = last_name(function)
                taken = args if name == "gather" else args[: name in TAKING_ONE]
                return (
                    "cancel" not in name
                    and name != CANCELLED_BY_CLOSING
                    and all(self._only_ours(arg, seen) for arg in taken)
                )
            case ast.Starred(value=value) | ast.Subscript(value=value):
                return self._only_ours(value, seen)
            case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
                return all(self._only_ours(part, seen) for part in parts)
            case (
                ast.ListComp(elt=one) | ast.SetComp(elt=one) | ast.GeneratorExp(elt=one)
            ):
                return self._only_ours(one, seen)
            case ast.Name(id=name) if name in self._own and name not in seen:
                return all(
                    self._only_ours(value, seen | {name}) for value in self._own[name]
                )
        return False


def _loaded(nodes: Iterable[ast.AST]) -> list[str]:
    return [
        node.id
        for node in nodes
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    ]


def waits(block: Iterable[ast.AST]) -> bool:
    """Tell whether a block waits for anything."""
    return any(
        isinstance(node, WAITS)
        or (isinstance(node, ast.comprehension) and bool(node.is_async))
        for node in inside(*block)
    )
