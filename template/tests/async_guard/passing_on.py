"""Whether a handler passes a cancellation on: it raises, or gives it to somebody who may."""

import ast
import builtins
from collections.abc import Iterable, Iterator

from .meanings import Meanings, inside, last_name

CANCELLED = {"asyncio.CancelledError", "asyncio.exceptions.CancelledError"}
CANCELLED |= {"anyio.get_cancelled_exc_class()"}
CATCHING = CANCELLED | {"BaseException", "builtins.BaseException"}
CAUGHT = {"sys.exc_info()", "sys.exception()"}
LEAVING = {"sys.exit", "os._exit", "exit", "quit"}
LEAVING_BY_RAISING = {"KeyboardInterrupt", "SystemExit"}
LOOKING = {"critical", "debug", "error", "exception", "info", "log", "warn", "warning"}
PASSING_ON = {"set_exception", "uncancel"}


def catches(kinds: ast.expr | None, meanings: Meanings) -> bool:
    """Tell whether a cancellation is for certain among the exceptions that are caught."""
    return kinds is None or not CATCHING.isdisjoint(meanings.of(kinds))


def may_catch(kinds: ast.expr | None, meanings: Meanings) -> bool:
    """Tell whether a cancellation is caught, or something that has a name like one."""
    names = meanings.of(kinds)
    return catches(kinds, meanings) or any("ancel" in name for name in names)


def passes_on(
    handler: ast.ExceptHandler, function: Iterable[ast.AST], meanings: Meanings
) -> bool:
    """Tell whether a handler may raise, now or later, or lets the task go on knowingly."""
    nodes = list(inside(*handler.body))
    others = {
        inner
        for node in nodes
        if isinstance(node, ast.If) and _is_other(node.test, handler.name, meanings)
        for inner in inside(*node.body)
    }
    nodes = [node for node in nodes if node not in others]
    later = (
        node
        for node in function
        if isinstance(node, ast.Raise) and node.lineno > (handler.end_lineno or 0)
    )
    return (
        any(node.exc and _raises(node, meanings) for node in later)
        or any(_raises(node, meanings) for node in nodes if isinstance(node, ast.Raise))
        or any(getattr(node, "attr", "") in PASSING_ON for node in nodes)
        or any(_ends(node, meanings) for node in nodes if isinstance(node, ast.Call))
        or _keeps(nodes, handler.name, meanings)
    )


def _is_other(test: ast.expr, name: str | None, meanings: Meanings) -> bool:
    """Tell whether a condition holds for built-in errors only, not for a cancellation."""
    match test:
        case ast.Call(
            func=ast.Name(id="isinstance"), args=[ast.Name(id=checked), kinds]
        ) if checked == name:
            names = meanings.of(kinds) or CATCHING
            return names.isdisjoint(CATCHING) and names <= vars(builtins).keys()
    return False


def _raises(node: ast.Raise, meanings: Meanings) -> bool:
    """Tell whether a statement may raise the cancellation, or ends the program."""
    exc = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    name = last_name(exc)
    certainly_other = name[:1].isupper() and "Cancel" not in name
    leaving = not meanings.of(exc).isdisjoint(CATCHING | LEAVING_BY_RAISING)
    return leaving or not certainly_other


def _ends(call: ast.Call, meanings: Meanings) -> bool:
    """Tell whether a call ends the program, or cancels the task anew."""
    names = meanings.of(call.func)
    return not names.isdisjoint(LEAVING | {"asyncio.current_task().cancel"})


def _keeps(nodes: list[ast.AST], name: str | None, meanings: Meanings) -> bool:
    """Tell whether what was caught is kept, or given to somebody who may raise it."""
    return any(
        (isinstance(part, ast.Name) and part.id == name)
        or not meanings.of(part).isdisjoint(CAUGHT)
        for node in nodes
        for part in _kept(node, meanings)
    )


def _kept(node: ast.AST, meanings: Meanings) -> Iterator[ast.AST | None]:
    match node:
        case ast.Call(args=args, keywords=words) if not _only_looks(node, meanings):
            yield from (*args, *(word.value for word in words))
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Dict(values=parts):
            yield from parts
        case (
            ast.Assign(value=value)
            | ast.NamedExpr(value=value)
            | ast.Return(value=value)
            | ast.Yield(value=value)
        ):
            yield value


def _only_looks(call: ast.Call, meanings: Meanings) -> bool:
    """Tell whether a call at most prints or logs what it is given."""
    names = meanings.of(call.func) or {""}
    return last_name(call.func) in LOOKING or all(
        name in vars(builtins) or name.startswith(("traceback.", "logging."))
        for name in names
    )
