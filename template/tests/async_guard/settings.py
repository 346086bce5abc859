"""What `pyproject.toml`, the command line and the marker say."""

import math
from dataclasses import dataclass

import pytest

CHECKS = {
    "coroutines": "a coroutine that was never awaited",
    "tasks": "a task left running",
    "exceptions": "an exception that nobody retrieved",
    "resources": "a connection, file, server, process or thread left open",
    "generators": "an async generator left before its end, whose clean-up awaits",
    "blocking": "a call of the package that blocks the event loop",
    "deadline": "a test or a fixture that hangs",
    "mocks": "a mock that cannot fail",
    "loops": "a fixture that outlives its event loop, or a loop used from another thread",
    "cancellation": "a cancellation that the package swallows",
}
OF_SOURCE = "cancellation"
NAME = "async_guard_off"
USAGE = '@pytest.mark.async_guard_off("tasks", reason="…")'
MARKER = "async_guard_off(check, reason): let a test pass one check of the async guard"


@dataclass(frozen=True)
class Settings:
    """The settings of a run."""

    deadline: float
    """How long a test, or one fixture's setup or teardown, may take, in seconds."""

    blocking_limit: float
    """How long the package may hold the event loop, in seconds of computing."""

    off: frozenset[str]
    """The checks that are turned off for all tests."""


def add_options(parser: pytest.Parser) -> None:
    """Tell pytest which settings there are."""
    parser.getgroup("async_guard", "async mistakes").addoption(
        "--no-async-guard",
        action="store_true",
        help="Do not look for async mistakes in this run.",
    )
    parser.addini(
        "async_guard_deadline",
        "Seconds that an async test, or a fixture's setup or teardown, may take.",
        type="float",
        default=10.0,
    )
    parser.addini(
        "async_guard_blocking_limit",
        "Seconds of computing for which the package may hold the event loop.",
        type="float",
        default=0.5,
    )
    parser.addini(
        "async_guard_off",
        f"Checks that are turned off, of: {', '.join(CHECKS)}.",
        type="args",
        default=[],
    )


def read(config: pytest.Config) -> Settings:
    """Return the settings; raise `pytest.UsageError` where one is wrong."""
    return Settings(
        deadline=_seconds(config, "async_guard_deadline"),
        blocking_limit=_seconds(config, "async_guard_blocking_limit"),
        off=frozenset(_known(name, "async_guard_off") for name in _off_setting(config)),
    )


def turned_off(item: pytest.Item) -> frozenset[str]:
    """Return the checks that a test's markers turn off; raise where a marker is wrong."""
    return frozenset(_marked(marker) for marker in item.iter_markers(NAME))


def _marked(marker: pytest.Mark) -> str:
    given: dict[str, object] = dict(zip(("check", "reason"), marker.args, strict=False))
    given |= marker.kwargs
    reason = given.get("reason")
    if (
        given.keys() != {"check", "reason"}
        or len(given) < len(marker.args) + len(marker.kwargs)
        or not (isinstance(reason, str) and reason.strip())
    ):
        raise pytest.UsageError("the marker async_guard_off takes a check and a reason")
    if given["check"] == OF_SOURCE:
        raise pytest.UsageError(
            f"the check {OF_SOURCE} looks at the package's source, not at a test: "
            "the setting async_guard_off turns it off"
        )
    return _known(given["check"], "the marker async_guard_off")


def _seconds(config: pytest.Config, name: str) -> float:
    try:
        seconds = float(config.getini(name))
    except (TypeError, ValueError, pytest.UsageError) as error:
        raise pytest.UsageError(
            f"{name} must be a number of seconds: {error}"
        ) from None
    if not 0 < seconds < math.inf:
        raise pytest.UsageError(f"{name} must be above 0 seconds, and is {seconds:g}")
    return seconds


def _off_setting(config: pytest.Config) -> list[str]:
    try:
        names: list[str] = config.getini("async_guard_off")
    except (TypeError, pytest.UsageError) as error:
        raise pytest.UsageError(f"async_guard_off must be a list: {error}") from None
    return names


def _known(check: object, where: str) -> str:
    if not isinstance(check, str) or check not in CHECKS:
        raise pytest.UsageError(
            f"{where}: there is no check {check!r}; the checks are {', '.join(CHECKS)}"
        )
    return check
