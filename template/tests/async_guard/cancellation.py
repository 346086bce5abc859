"""Cancellations that the package's source swallows, seen without running it."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from .findings import Findings
from .report import fail

NOT_PYTHON = (SyntaxError, ValueError)
CATCHING = {"CancelledError", "BaseException"}
PASSING_ON = {"set_exception", "uncancel"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
WAITING = (ast.Await, ast.AsyncFor, ast.AsyncWith)


class SwallowedCancellation(pytest.Item):
    """A failing test for a source file, made only where the file has the mistake."""

    lines: list[int]
    findings: Findings

    def runtest(self) -> None:
        """Fail."""
        for line in self.lines:
            self.findings.add(
                "cancellation",
                "a cancellation is caught here and not raised again",
                "put `raise` at the end of the handler, or, where the task is to go on, "
                "call `asyncio.current_task().uncancel()`",
                [(str(self.path), line)],
            )
        fail(self.findings.take(), self.config.rootpath)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Tell where."""
        return self.path, self.lines[0] - 1, f"{self.path.name}: swallowed cancellation"


def items(session: pytest.Session, findings: Findings) -> Iterator[pytest.Item]:
    """Yield a failing test for each file of the package that swallows a cancellation."""
    source = findings.own.root / "src"
    folders = (
        folder for folder in findings.own.package_folders if folder.parent == source
    )
    paths = {path for folder in folders for path in folder.rglob("*.py")}
    for path in sorted(paths if "cancellation" not in findings.off else ()):
        if lines := swallowing(path.read_bytes()):
            module = pytest.Module.from_parent(session, path=path)
            item = SwallowedCancellation.from_parent(module, name="async_guard")
            item.lines, item.findings = lines, findings
            yield item


def swallowing(source: bytes) -> list[int]:
    """Return the lines that swallow a cancellation; none where the source is no Python."""
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except NOT_PYTHON:
        return []
    functions = (node for node in nodes if isinstance(node, ast.AsyncFunctionDef))
    return sorted({line for function in functions for line in _in_function(function)})


def _in_function(function: ast.AsyncFunctionDef) -> Iterator[int]:
    nodes = list(_own_nodes(function))
    cancelled = _cancelled(nodes)
    raising = {
        inner
        for node in nodes
        if isinstance(node, ast.ExceptHandler) and _passes_on(node, nodes)
        for inner in _own_nodes(node)
    }
    for node in nodes:
        if node in raising:
            continue
        if isinstance(node, ast.Try) and _awaits_others(node.body, cancelled):
            handler = next(filter(_catches, node.handlers), None)
            if handler and not _passes_on(handler, nodes):
                yield handler.lineno
            for inner in (
                n for stmt in node.finalbody for n in (stmt, *_own_nodes(stmt))
            ):
                if isinstance(inner, ast.Return):
                    yield inner.lineno
        if isinstance(node, ast.With) and _awaits_others(node.body, cancelled):
            yield from (node.lineno for item in node.items if _suppresses(item))


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes below a node, but for those of functions defined there."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, FUNCTIONS):
            yield from _own_nodes(child)


def _cancelled(nodes: Sequence[ast.AST]) -> set[str]:
    """Return what a function cancels itself: a task, or the tasks that it loops over."""
    names = {
        ast.unparse(node.func.value)
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "cancel"
    }
    loops = [
        (ast.unparse(node.target), ast.unparse(node.iter))
        for node in nodes
        if isinstance(node, (ast.For, ast.comprehension))
    ]
    names |= {every for one, every in loops if one in names}
    return names | {one for one, every in loops if every in names}


def _awaits_others(body: Sequence[ast.stmt], cancelled: set[str]) -> bool:
    """Tell whether a block waits for anything that the function has not cancelled itself."""
    nodes = [node for stmt in body for node in (stmt, *_own_nodes(stmt))]
    return any(
        cancelled.isdisjoint(
            ast.unparse(part) for part in ast.walk(node) if isinstance(part, ast.expr)
        )
        for node in nodes
        if isinstance(node, WAITING)
    )


def _catches(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or _last_name(kind) in CATCHING for kind in kinds)


def _passes_on(handler: ast.ExceptHandler, nodes: Sequence[ast.AST]) -> bool:
    """Tell whether a handler raises, now or later, or says that the task is to go on."""
    raises_later = any(
        isinstance(node, ast.Raise)
        and node.exc
        and node.lineno > (handler.end_lineno or 0)
        for node in nodes
    )
    return (bool(handler.name) and raises_later) or any(
        (isinstance(node, ast.Raise) and _raises(node, handler.name))
        or (isinstance(node, ast.Attribute) and node.attr in PASSING_ON)
        for node in _own_nodes(handler)
    )


def _raises(node: ast.Raise, name: str | None) -> bool:
    """Tell whether a statement raises what was caught."""
    return node.exc is None or (isinstance(node.exc, ast.Name) and node.exc.id == name)


def _suppresses(item: ast.withitem) -> bool:
    call = item.context_expr
    return (
        isinstance(call, ast.Call)
        and _last_name(call.func) == "suppress"
        and any(_last_name(argument) in CATCHING for argument in call.args)
    )


def _last_name(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]
