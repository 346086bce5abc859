"""A source file of the project: its tree, what its names mean, and what they stand for."""

import ast
import contextlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from types import ModuleType
from typing import Any

from .meanings import FUNCTIONS, Meanings
from .mistakes import OwnCode

ENTER = "enter it by `async with`"
ITERATE = "iterate over it by `async for`"

Told = tuple[str, str]
"""What happened, and how to mend it."""


@dataclass
class SourceFile:
    """A source file, parsed once and only if anything asks."""

    text: bytes
    brought: dict[str, str] = field(default_factory=dict)
    """The functions whose call alone does nothing, by what the file calls them: what mends that."""

    @cached_property
    def tree(self) -> ast.Module:
        """Return the tree: an empty one, where this is no Python."""
        try:
            return ast.parse(self.text)
        except (SyntaxError, ValueError):
            return ast.Module([], [])

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Return all nodes of the tree."""
        return list(ast.walk(self.tree))

    @cached_property
    def meanings(self) -> Meanings:
        """Return what the names mean."""
        return Meanings(self.tree)

    @cached_property
    def local(self) -> set[str]:
        """Return the names that mean something else inside a function."""
        functions = (node for node in self.nodes if isinstance(node, FUNCTIONS))
        return {
            name
            for function in functions
            for child in ast.iter_child_nodes(function)
            for node in ast.walk(child)
            for name in _bound(node)
        }


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield name
        case ast.alias(name=name, asname=other):
            yield other or name.partition(".")[0]


def brought(module: ModuleType | None, own: OwnCode) -> dict[str, str]:
    """Return what a module has imported, or defines, whose call alone does nothing.

    That is by name, or by the name of another module of the project's and its own.
    """
    found: dict[str, str] = {}
    for name, value in vars(module).items() if module else ():
        if isinstance(value, ModuleType):
            if (getattr(value, "__file__", None) or "") in own:
                inner = vars(value).items()
                found |= {f"{name}.{n}": how for n, v in inner if (how := how_run(v))}
        elif how := how_run(value):
            found[name] = how
    return found


def how_run(function: Any) -> str:
    """Return what has the call of a function do anything, if nothing is done by the call alone."""
    if not inspect.isfunction(function):
        return ""
    if inspect.isasyncgenfunction(function):
        return ITERATE
    made = getattr(function, "__wrapped__", None)
    is_manager = function.__code__.co_filename == contextlib.__file__
    return ENTER if is_manager and inspect.isasyncgenfunction(made) else ""
