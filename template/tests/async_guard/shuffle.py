"""Many orders: `--async-shuffle` runs each async test in many orders of its tasks' steps."""

import asyncio
import re
import sys
from functools import cache, partial
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from .compat import LOOP_FACTORY

CHANCES = (0.0, 0.5, 0.8)  # Of the steps of one task, to wait for a later turn of the loop.
OF_LOOPS = re.compile(r"asyncio\W(\w+_events|base_subprocess)\.py")  # They accept connections.
SEEDS = pytest.StashKey[list[int]]()
SKIP = pytest.mark.skip(reason="--async-shuffle leaves out the tests on uvloop")


def register(config: pytest.Config) -> None:
    """Shuffle the tests of this run, if an option says so."""
    count: int = config.getoption("--async-shuffle") or 0
    seed: int | None = config.getoption("--async-shuffle-seed")
    if count < 0:
        raise pytest.UsageError(f"--async-shuffle={count}: give the number of runs of each test")
    if seeds := [*range(1, count + 1)] if seed is None else [seed]:
        if not hasattr(sys.modules.get("pytest_asyncio.plugin"), LOOP_FACTORY):
            raise pytest.UsageError(f"--async-shuffle needs what is missing here: {LOOP_FACTORY}")
        config.stash[SEEDS] = seeds
        config.pluginmanager.register(sys.modules[__name__], "async_guard_shuffle")


@pytest.hookimpl(optionalhook=True, trylast=True)
def pytest_asyncio_loop_factories() -> dict[str, Any]:
    """Have tests parametrized by their loops, if the project does not."""
    return {"asyncio": asyncio.new_event_loop}


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Replace each loop of a test by its orders."""

    def parametrize(names: Any, values: Any, *args: Any, **more: Any) -> None:
        if names == LOOP_FACTORY:
            loops, values = zip(more.pop("ids"), values, strict=True), []
            for name, loop in loops:
                if hasattr(loop, "marks") or "uvloop" in str(loop.__module__):  # Or it is missing.
                    values.append(pytest.param(None, id=name, marks=getattr(loop, "marks", SKIP)))
                    continue
                prefix = "" if name in ("asyncio", pytest.HIDDEN_PARAM) else f"{name}-"
                for seed in metafunc.config.stash[SEEDS]:
                    values.append(pytest.param(ordered(loop, seed), id=f"{prefix}shuffle-{seed}"))
        type(metafunc).parametrize(metafunc, names, values, *args, **more)

    vars(metafunc)["parametrize"] = parametrize


class Order:
    """Shuffles the steps of tasks that are side by side in a loop's queue, or puts them last."""

    def __init__(self, loop: Any, seed: int) -> None:
        self.loop, self._seed = loop, seed
        self._beside: list[Any] = []  # The steps that are last in the queue.
        self._call_soon = loop.call_soon = partial(self._call, loop.call_soon)
        loop.call_soon_threadsafe = partial(self._call, loop.call_soon_threadsafe)

    def _call(self, call: Any, callback: Any, *args: Any, context: Any = None) -> Any:
        task, beside = getattr(callback, "__self__", None), self._beside
        if (
            not isinstance(task, asyncio.Task)
            or hasattr(task, getattr(callback, "__name__", "-"))  # A method, such as `cancel`.
            or OF_LOOPS.search(str(getattr(task.get_coro(), "cr_code", "")))
        ):
            self._beside = []  # No task goes ahead of it: asyncio's transports rely on that.
            return call(callback, *args, context=context)
        if not self.loop.is_running():  # Whatever ran on it before, begin with the seed.
            self._random, self._tasks = Random(self._seed), WeakKeyDictionary[Any, int]()
        number = self._tasks.setdefault(task, len(self._tasks))
        beside.append((number, callback, args, context))
        return call(self._take, beside)

    def _take(self, beside: list[Any]) -> None:
        if beside is self._beside:
            self._beside = []
        beside.sort(key=lambda one: one[0])  # asyncio keeps some tasks in sets.
        number, callback, args, context = beside.pop(self._random.randrange(len(beside)))
        if self._random.random() < CHANCES[hash((self._seed, number)) % len(CHANCES)]:
            self._call_soon(callback, *args, context=context)
        else:
            context.run(callback, *args)


ordered = cache(lambda factory, seed: lambda: Order(factory(), seed).loop)  # One for all tests.
