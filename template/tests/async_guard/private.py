"""Each private part of another library that the guard leans on, and what for.

Where one is missing, in another version, the checks that need it turn themselves off; the
summary says so, and the suite runs on.
"""

import asyncio
import unittest.mock
import warnings
from typing import Any, NamedTuple

import _pytest.fixtures
import pytest_asyncio.plugin


class Part(NamedTuple):
    """A private part: who has it, its name, what it is for, and which checks need it."""

    owner: Any
    name: str
    purpose: str
    checks: frozenset[str]


RUNNER = Part(
    pytest_asyncio.plugin,
    "Runner",
    "what runs tests and fixtures",
    frozenset({"tasks", "exceptions", "generators", "deadline"}),
)
SHOW = Part(
    warnings,
    "_showwarnmsg",
    "warnings, with the object that they are about",
    frozenset({"resources"}),
)
UNAWAITED = Part(
    warnings,
    "_warn_unawaited_coroutine",
    "coroutines that are dropped",
    frozenset({"coroutines"}),
)
UNREGISTER = Part(
    asyncio,
    "_unregister_task",
    "loops that close though a task does not end",
    frozenset({"deadline"}),
)
PATCH = Part(
    unittest.mock,
    "_patch",
    "what a patch puts in the place of what",
    frozenset({"mocks"}),
)
PATCH_DICT = Part(
    unittest.mock.patch.dict,
    "_patch_dict",
    "what a patch puts into a dictionary",
    frozenset({"mocks"}),
)
FIXTURE_INFO = Part(
    _pytest.fixtures,
    "FuncFixtureInfo",
    "which fixtures a test uses (`_fixtureinfo`)",
    frozenset({"loops"}),
)
LOOP_SCOPE = Part(
    pytest_asyncio.plugin,
    "_make_asyncio_fixture_function",
    "the loop that a fixture runs on (`_loop_scope`)",
    frozenset({"loops"}),
)
PARTS = (
    RUNNER,
    SHOW,
    UNAWAITED,
    UNREGISTER,
    PATCH,
    PATCH_DICT,
    FIXTURE_INFO,
    LOOP_SCOPE,
)


def missing() -> list[Part]:
    """Return the parts that the installed versions do not have."""
    return [part for part in PARTS if not hasattr(part.owner, part.name)]
