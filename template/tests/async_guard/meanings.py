"""What the names in a source file mean: what it imports, and what it assigns once."""

import ast
import asyncio
from collections.abc import Iterator

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
TIMEOUTS = {"asyncio.timeout", "asyncio.timeout_at"}


class Meanings:
    """Resolves expressions to full names, as far as the file itself tells them."""

    def __init__(self, tree: ast.Module) -> None:
        self._imported: dict[str, str] = {}
        self._values: dict[str, ast.expr] = {}
        ambiguous = set()
        for node in ast.walk(tree):
            for name, full in _imports(node):
                self._imported.setdefault(name, full)
            for name, value in assignments(node):
                known = self._values.setdefault(name, value)
                if ast.dump(known) != ast.dump(value):
                    ambiguous.add(name)
        for name in ambiguous:
            del self._values[name]

    def of(self, node: ast.AST | None, seen: frozenset[str] = frozenset()) -> set[str]:
        """Return the full names that an expression stands for; a tuple stands for several."""
        match node:
            case (
                ast.Name(id=name)
                | ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name)
            ) if self._is_constant(node, name) and name not in seen:
                return self.of(self._values[name], seen | {name})
            case ast.Name(id=name):
                return {self._imported.get(name, name)}
            case ast.Attribute(value=owner, attr=name):
                return {f"{full}.{name}" for full in self.of(owner, seen)}
            case ast.Call(func=function):
                return {f"{full}()" for full in self.of(function, seen)}
        return {full for part in _parts(node) for full in self.of(part, seen)}

    def named(self, node: ast.AST | None) -> set[str]:
        """Return the full names of an expression, be it called or not, as a decorator may be."""
        return {full.removesuffix("()") for full in self.of(node)}

    def called(self, node: ast.AST) -> set[str]:
        """Return the full names of the function that an expression calls."""
        return self.of(node.func) if isinstance(node, ast.Call) else set()

    def value(self, node: ast.expr) -> ast.expr:
        """Return what a name stands for, where the file assigns it one value only."""
        return self._values.get(node.id, node) if isinstance(node, ast.Name) else node

    def _is_constant(self, node: ast.AST, name: str) -> bool:
        return name in self._values and (isinstance(node, ast.Name) or name.isupper())


def _parts(node: ast.AST | None) -> list[ast.expr]:
    """Return the parts that a tuple is put together of."""
    match node:
        case ast.Starred(value=value):
            return [value]
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return [left, right]
    return []


def inside(*roots: ast.AST) -> Iterator[ast.AST]:
    """Yield nodes and all below them, but for the insides of functions defined there."""
    for root in roots:
        yield root
        if not isinstance(root, FUNCTIONS):
            yield from inside(*ast.iter_child_nodes(root))


def assignments(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a statement assigns a value to, each with the value."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value
        case (
            ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            | ast.AugAssign(target=ast.Name(id=name), value=value)
            | ast.NamedExpr(target=ast.Name(id=name), value=value)
        ):
            yield name, value


def last_name(node: ast.AST | None) -> str:
    """Return the last part of a dotted name, or nothing where there is none."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def bound(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node gives a meaning to."""
    match node:
        case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case ast.ClassDef(name=name):
            yield name
        case ast.alias(name=name, asname=other):
            yield other or name.partition(".")[0]


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    match node:
        case ast.Import(names=names):
            for alias in names:
                first = alias.name.partition(".")[0]
                yield alias.asname or first, alias.name if alias.asname else first
        case ast.ImportFrom(module=module, level=level, names=names):
            is_all = module == "asyncio" and names[0].name == "*"
            for alias in map(ast.alias, asyncio.__all__) if is_all else names:
                full = f"{'.' * level}{module or ''}.{alias.name}"
                yield alias.asname or alias.name, full
