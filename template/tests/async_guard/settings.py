"""The checks, and what `pyproject.toml`, the command line and the marker say of them."""

import math

import pytest

CHECKS = (
    "coroutines", "tasks", "exceptions", "resources", "generators", "blocking", "deadline",
)  # fmt: skip
REMOVED = {"cancellation", "loops", "mocks"}  # Checks of older releases.
OFF = "async_guard_off"
DEADLINE = "async_guard_deadline"
LIMIT = "async_guard_blocking_limit"  # A setting of older releases, without effect.
USAGE = f'write it as @pytest.mark.{OFF}("tasks", reason="…")'


def declare(parser: pytest.Parser) -> None:
    """Declare the settings and the option."""
    group = parser.getgroup("async_guard", "async mistakes")
    option = "Do not look for async mistakes in this run."
    group.addoption("--no-async-guard", action="store_true", help=option)
    shuffle = "Run each async test N times, each in another order of its tasks' steps."
    group.addoption("--async-shuffle", type=int, default=0, metavar="N", help=shuffle)
    seed = "Run each async test once, in the order that belongs to the seed S."
    group.addoption("--async-shuffle-seed", type=int, metavar="S", help=seed)
    seconds = "Seconds that an async test, or a fixture's setup or teardown, may take."
    parser.addini(DEADLINE, seconds, default="10")
    parser.addini(OFF, f"Checks to turn off, of: {', '.join(CHECKS)}.", "args", [])
    parser.addini(LIMIT, "It has no effect any more.", default="")


def read(config: pytest.Config, notes: list[str]) -> tuple[float, frozenset[str]]:
    """Return the seconds until the deadline, and the checks that are turned off.

    Raises `pytest.UsageError` if a setting is wrong, and notes what is out of date.
    """
    if config.getini(LIMIT):
        notes.append(f"{LIMIT} has no effect any more: remove it")
    try:
        seconds, names = float(config.getini(DEADLINE)), config.getini(OFF)
    except (TypeError, ValueError) as error:
        raise pytest.UsageError(f"{DEADLINE} or {OFF}: {error}") from None
    if not 0 < seconds < math.inf:
        raise pytest.UsageError(f"{DEADLINE} must be a number of seconds above 0: {seconds:g}")
    return seconds, frozenset(_known(name, OFF, notes) for name in names)


def marked(marker: pytest.Mark, notes: list[str]) -> str:
    """Return the check that a marker turns off; raise `pytest.UsageError` if it is wrong."""
    given = {**dict(zip(("check", "reason"), marker.args, strict=False)), **marker.kwargs}
    is_complete = len(marker.args) + len(marker.kwargs) == 2 and {*given} == {"check", "reason"}
    reason = given.get("reason")
    if not (is_complete and isinstance(reason, str) and reason.strip()):
        raise pytest.UsageError(f"the marker {OFF} takes a check and a reason: {USAGE}")
    return _known(given["check"], f"the marker {OFF}", notes)


def _known(check: object, where: str, notes: list[str]) -> str:
    name = check if isinstance(check, str) else repr(check)
    if name in REMOVED:
        notes.append(f"{where}: there is no check {name!r} any more: remove it")
    elif name not in CHECKS:
        names = ", ".join(CHECKS)
        raise pytest.UsageError(f"{where}: there is no check {name!r}; the checks are {names}")
    return name
