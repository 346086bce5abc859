"""Modules that mix async and sync tests: worth a note, not a failure."""

from collections.abc import Iterable

import pytest

from .items import is_async


def mixed_modules(items: Iterable[pytest.Item]) -> list[str]:
    """Return the modules that hold async tests and sync tests."""
    kinds: dict[str, set[bool]] = {}
    for item in items:
        if isinstance(item, pytest.Function):
            module = item.nodeid.partition("::")[0]
            kinds.setdefault(module, set()).add(is_async(item))
    return sorted(module for module, found in kinds.items() if len(found) > 1)
