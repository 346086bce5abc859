"""What a file cancels itself: where that is awaited, its cancellation is what is caught."""

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property

from .meanings import inside, last_name

ADDING = {"add", "append", "appendleft"}
HOLDING = {"copy", "get", "items", "pop", "popitem", "popleft", "values"}
NOBODY = {"self", "cls", "asyncio"}


class Cancelled:
    """What a file cancels that more than one of its functions knows."""

    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree

    @cached_property
    def names(self) -> set[str]:
        """What objects hold, and functions that await what is cancelled."""
        nodes = list(ast.walk(self._tree))
        held = {name for name in cancelled(nodes) if "." in name}
        helpers = {
            node.name
            for node in nodes
            if isinstance(node, ast.AsyncFunctionDef)
            and awaits(body := list(inside(*node.body)), cancelled(body) | held)
        }
        return held | helpers | {f".{helper}" for helper in helpers}


def awaits(nodes: Iterable[ast.AST], names: set[str]) -> bool:
    """Tell whether some code waits for what has one of the names."""
    return any(
        not names.isdisjoint(_known_as(part))
        for node in nodes
        for waited in _waited_for(node)
        for part in ast.walk(waited)
    )


def _known_as(node: ast.AST) -> set[str]:
    """Return the names of an expression: a method has one whoever's it is."""
    match node:
        case ast.Name(id=name):
            return {name}
        case ast.Attribute(attr=name):
            return {ast.unparse(node), f".{name}"}
    return set()


def _waited_for(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Await(value=value) | ast.AsyncFor(iter=value):
            return [value]
        case ast.AsyncWith(items=items):
            return [item.context_expr for item in items]
    return []


def cancelled(nodes: Iterable[ast.AST]) -> set[str]:
    """Return what is cancelled, or may be, under each of its names."""
    nodes = list(nodes)
    names = {name for node in nodes for name in _cancelled_by(node)}
    same = [pair for node in nodes for pair in _same(node)]
    while (
        more := {name for pair in same if not names.isdisjoint(pair) for name in pair}
        - names
    ):
        names |= more
    return names


def _cancelled_by(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Attribute(value=value, attr=name) if "cancel" in name:
            yield from _things(value)
        case ast.Call(func=function, args=args) if "cancel" in last_name(function):
            for arg in args:
                yield from _things(arg)


def _same(node: ast.AST) -> Iterator[set[str]]:
    """Yield the names of which a node makes one stand for, or hold, what another does."""
    match node:
        case ast.Assign(
            targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)
        ):
            for target, one in zip(targets, values, strict=False):
                yield {*_things(target), *_things(one)}
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield {*_things(target), *_things(value)}
        case (
            ast.NamedExpr(target=target, value=value)
            | ast.For(target=target, iter=value)
            | ast.comprehension(target=target, iter=value)
            | ast.AnnAssign(target=target, value=ast.expr() as value)
        ):
            yield {*_things(target), *_things(value)}
        case ast.Call(func=ast.Attribute(value=holder, attr=name), args=[one]) if (
            name in ADDING
        ):
            yield {*_things(holder), *_things(one)}


def _things(node: ast.expr) -> Iterator[str]:
    """Yield the names under which a file knows what an expression stands for, or holds."""
    match node:
        case ast.Name() | ast.Attribute():
            yield from {ast.unparse(node)} - NOBODY
        case ast.Subscript(value=value) | ast.Starred(value=value):
            yield from _things(value)
        case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in HOLDING:
            yield from _things(value)
        case ast.Call(func=ast.Name(), args=args):
            for arg in args:
                yield from _things(arg)
        case ast.BinOp(left=left, right=right):
            yield from (*_things(left), *_things(right))
        case ast.IfExp(body=left, orelse=right):
            yield from (*_things(left), *_things(right))
        case (
            ast.Tuple(elts=parts)
            | ast.List(elts=parts)
            | ast.Set(elts=parts)
            | ast.BoolOp(values=parts)
        ):
            for part in parts:
                yield from _things(part)
        case ast.ListComp(elt=one) | ast.SetComp(elt=one) | ast.GeneratorExp(elt=one):
            yield from _things(one)
