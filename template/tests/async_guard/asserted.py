"""Assertions of mocks that source code names and does not call: they assert nothing."""

import ast
import re
import unittest.mock
from collections.abc import Iterator

from .meanings import FUNCTIONS
from .parsed import SourceFile, Told

ASSERTIONS = tuple(
    name for name in dir(unittest.mock.AsyncMock) if name.startswith("assert_")
)
NOT_CALLED = re.compile(rf"\.({'|'.join(ASSERTIONS)})\b(?!\()".encode())


def uncalled(file: SourceFile) -> dict[int, Told]:
    """Return the lines that ask for the truth of an assertion, or for nothing of it."""
    found = _uncalled(file.nodes) if NOT_CALLED.search(file.text) else ()
    return {
        line: (f"{name} was not called: it asserts nothing", f"write {name}(…)")
        for line, name in found
    }


def uncalled_outside_tests(file: SourceFile) -> dict[int, Told]:
    """Return those lines that stand in no test."""
    found = uncalled(file)
    tests = (
        node
        for node in (file.nodes if found else ())
        if isinstance(node, FUNCTIONS) and getattr(node, "name", "").startswith("test")
    )
    for test in tests:
        for line in range(test.lineno, (test.end_lineno or 0) + 1):
            found.pop(line, None)
    return found


def _uncalled(nodes: list[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        match node:
            case (
                ast.Expr(value=asked)
                | ast.Assert(test=asked)
                | ast.If(test=asked)
                | ast.IfExp(test=asked)
                | ast.While(test=asked)
            ):
                for part in _asked(asked):
                    if isinstance(part, ast.Attribute) and part.attr in ASSERTIONS:
                        yield part.lineno, part.attr


def _asked(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the parts of a condition of which the truth is asked."""
    match node:
        case ast.BoolOp(values=parts):
            pass
        case ast.Compare(left=left, comparators=others):
            parts = [left, *others]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            parts = [operand]
        case ast.Call(
            func=ast.Name(id="all" | "any"),
            args=[ast.GeneratorExp(elt=one) | ast.ListComp(elt=one)],
        ):
            parts = [one]
        case ast.Call(func=ast.Name(id="bool"), args=parts):
            pass
        case ast.Call(
            func=ast.Name(id="all" | "any"),
            args=[ast.List(elts=parts) | ast.Tuple(elts=parts)],
        ):
            pass
        case _:
            parts = []
            yield node
    for part in parts:
        yield from _asked(part)
