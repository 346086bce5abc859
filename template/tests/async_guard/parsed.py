"""A source file of the project: its tree, what its names mean, and what they stand for."""

import ast
import contextlib
import inspect
from collections.abc import Mapping
from functools import cached_property
from types import FunctionType, ModuleType
from typing import Any

from .meanings import FUNCTIONS, Meanings, bound

ENTER = "enter it by `async with`"
ITERATE = "iterate over it by `async for`"

Told = tuple[str, str]
"""What happened, and how to mend it."""


class SourceFile:
    """A source file, parsed once and only if anything asks."""

    def __init__(self, text: bytes, objects: Mapping[str, Any] | None = None) -> None:
        self.text = text
        self._objects = objects or {}
        """What its module has, by name, if that is imported."""

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
    def calls(self) -> list[tuple[ast.Expr, ast.Call]]:
        """Return the statements that only call something, each with the call."""
        return [
            (node, node.value)
            for node in self.nodes
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        ]

    @cached_property
    def meanings(self) -> Meanings:
        """Return what the names mean."""
        return Meanings(self.tree)

    def object_of(self, node: ast.expr) -> Any:
        """Return what a name stands for wherever the file has it, be it of another module."""
        match node:
            case ast.Name(id=name) if name not in self._local:
                return self._objects.get(name)
            case ast.Attribute(value=owner, attr=name):
                return contents(self.object_of(owner)).get(name)
        return None

    @cached_property
    def _local(self) -> set[str]:
        """Return the names that may mean something else inside a function."""
        functions = (node for node in self.nodes if isinstance(node, FUNCTIONS))
        return {
            name
            for function in functions
            for child in ast.iter_child_nodes(function)
            for node in ast.walk(child)
            for name in bound(node)
        }


def contents(module: Any) -> dict[str, Any]:
    """Return what a module has by now, without asking it; nothing of what is no module."""
    if not issubclass(type(module), ModuleType):
        return {}
    found: dict[str, Any] = object.__getattribute__(module, "__dict__")
    return found


def how_run(function: Any) -> str:
    """Return what has the call of a function do anything, if nothing is done by the call alone."""
    if type(function) is not FunctionType:
        return ""
    if inspect.isasyncgenfunction(function):
        return ITERATE
    made = vars(function).get("__wrapped__")
    is_manager = function.__code__.co_filename == contextlib.__file__
    return ENTER if is_manager and inspect.isasyncgenfunction(made) else ""
