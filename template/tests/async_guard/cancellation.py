"""Where source code catches a cancellation for good: only what is certain is told."""

import ast
from collections.abc import Iterable, Iterator
from functools import cached_property

from .cancelled import Cancelled
from .meanings import FUNCTIONS, Meanings, inside
from .parsed import SourceFile, Told
from .passing_on import catches, may_catch, passes_on
from .waits import Waits

LOOPS = (ast.For, ast.AsyncFor, ast.While)
TRIES = (ast.Try, ast.TryStar)

WHAT = "a cancellation is caught here and not raised again"
HANDLER = (
    "put `raise` at the end of the handler, or, where the task is to go on, "
    "call `asyncio.current_task().uncancel()`"
)
SUPPRESS = "suppress no cancellation, but where you await a task that you cancelled"
FINALLY = "let `finally` run to its end: no `return`, `break` or `continue` in it"
AEXIT = "return `None`: what is true swallows every exception, a cancellation too"


def swallowing(file: SourceFile) -> dict[int, Told]:
    """Return the lines that swallow a cancellation."""
    cancelled = Cancelled(file.tree)
    found: dict[int, str] = {}
    for node in file.nodes:
        if isinstance(node, ast.AsyncFunctionDef):
            found |= _Function(node, file.meanings, cancelled).found()
    return {line: (WHAT, mend) for line, mend in sorted(found.items())}


class _Function:
    """An async function of a file."""

    def __init__(
        self, function: ast.AsyncFunctionDef, meanings: Meanings, cancelled: Cancelled
    ) -> None:
        self._function = function
        self._meanings = meanings
        self._cancelled = cancelled
        self._nodes = list(inside(*function.body))

    @cached_property
    def _waits(self) -> Waits:
        is_context_manager = any(
            name.rpartition(".")[2] == "asynccontextmanager"
            for decorator in self._function.decorator_list
            for name in self._meanings.of(decorator)
        )
        return Waits(self._nodes, self._cancelled, yields=is_context_manager)

    def found(self) -> dict[int, str]:
        """Return the lines that swallow, each with how to mend it."""
        passed_on = {
            inner
            for node in self._nodes
            if isinstance(node, ast.ExceptHandler) and self._passes_on(node)
            for inner in inside(*node.body)
        }
        found: dict[int, str] = {}
        for node in self._nodes:
            if node in passed_on:
                continue
            if isinstance(node, TRIES):
                found |= self._in_try(node)
            elif isinstance(node, ast.With) and any(map(self._suppresses, node.items)):
                found |= self._told(node.body, {node.lineno: SUPPRESS})
        if self._function.name == "__aexit__":
            found |= dict.fromkeys(self._true_returns(self._function.body), AEXIT)
        return found

    def _in_try(self, node: ast.Try | ast.TryStar) -> dict[int, str]:
        found: dict[int, str] = {}
        handlers = (h for h in node.handlers if may_catch(h.type, self._meanings))
        handler = next(handlers, None)
        if (
            handler
            and catches(handler.type, self._meanings)
            and not self._passes_on(handler)
        ):
            found |= self._told(node.body, {handler.lineno: HANDLER})
        if left := dict.fromkeys(_leaving(node.finalbody), FINALLY):
            found |= self._told([*node.body, *node.handlers, *node.orelse], left)
        return found

    def _told(self, block: Iterable[ast.AST], lines: dict[int, str]) -> dict[int, str]:
        """Return the lines, where it is certain that a block ends by a cancellation only."""
        return lines if self._waits.certain(block) else {}

    def _passes_on(self, handler: ast.ExceptHandler) -> bool:
        return passes_on(handler, self._nodes, self._meanings)

    def _suppresses(self, item: ast.withitem) -> bool:
        call = self._meanings.value(item.context_expr)
        return (
            isinstance(call, ast.Call)
            and self._meanings.of(call.func) == {"contextlib.suppress"}
            and any(catches(argument, self._meanings) for argument in call.args)
        )

    def _true_returns(self, body: list[ast.stmt]) -> Iterator[int]:
        """Yield where `__aexit__` returns what is true whatever the exception is."""
        for statement in body:
            match statement:
                case ast.Return(value=value) if self._is_true(value):
                    yield statement.lineno
                case ast.With(body=inner) | ast.AsyncWith(body=inner):
                    yield from self._true_returns(inner)
                case ast.Try(body=inner, orelse=more, finalbody=final):
                    yield from self._true_returns([*inner, *more, *final])
                case ast.If(test=test, body=inner) if self._is_any_exception(test):
                    yield from self._true_returns(inner)
            if any(isinstance(n, (ast.Return, ast.Raise)) for n in inside(statement)):
                return

    def _is_true(self, value: ast.expr | None) -> bool:
        """Tell whether a value is true whatever the exception is."""
        match value:
            case ast.Constant(value=constant):
                return bool(constant)
            case ast.Call(func=ast.Name(id="bool"), args=[one]):
                return self._is_any_exception(one)
        return value is not None and self._is_any_exception(value)

    def _is_any_exception(self, test: ast.expr) -> bool:
        """Tell whether a condition is only that there is an exception."""
        match test:
            case ast.Compare(
                left=left, ops=[ast.IsNot()], comparators=[ast.Constant(value=None)]
            ):
                test = left
        parameters = self._function.args.posonlyargs + self._function.args.args
        return isinstance(test, ast.Name) and test.id in {p.arg for p in parameters[1:]}


def _leaving(final: Iterable[ast.AST]) -> Iterator[int]:
    """Yield where a `finally` leaves its block, and so drops what is under way."""
    for node in final:
        if isinstance(node, (ast.Return, ast.Break, ast.Continue)):
            yield node.lineno
        elif isinstance(node, LOOPS):
            returns = (n for n in inside(node) if isinstance(n, ast.Return))
            yield from (found.lineno for found in returns)
            yield from _leaving(node.orelse)
        elif not isinstance(node, FUNCTIONS):
            yield from _leaving(ast.iter_child_nodes(node))
