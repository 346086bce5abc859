"""Many orders: `--async-shuffle` runs each async test in many orders of its tasks' steps."""

import asyncio
import sys
from collections.abc import Callable, Generator, Iterable
from functools import partial
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

import pytest

from . import compat

OPTION, SEED = "--async-shuffle", "--async-shuffle-seed"
CHANCES = (0.0, 0.5, 0.8)  # Of the steps of one task, to wait for a later turn of the loop.
Factory = Callable[[], asyncio.AbstractEventLoop]


def register(config: pytest.Config) -> None:
    """Shuffle the tests of this run, if an option says so."""
    count: int = config.getoption(OPTION) or 0
    seed: int | None = config.getoption(SEED)
    if count < 0:
        raise pytest.UsageError(f"{OPTION}={count}: give the number of runs of each test")
    if count or seed is not None:
        if missing := compat.missing_for_shuffle():
            raise pytest.UsageError(f"{OPTION} needs what is missing here: {missing}")
        seeds = range(1, count + 1) if seed is None else [seed]
        config.pluginmanager.register(Shuffle(seeds), "async_guard_shuffle")


class Order:
    """Shuffles the tasks that are ready side by side, and has some wait for a later turn.

    Plain callbacks keep their places, and no task goes ahead of one that was there before it:
    asyncio's own transports rely on that.
    """

    def __init__(self, loop: asyncio.BaseEventLoop, seed: int) -> None:
        self._seed, self._ready = seed, compat.ready(loop)
        self._run_forever, self._run_once = compat.replace_runs(
            loop, self.run_forever, self.run_once
        )

    def run_forever(self) -> None:
        """Begin with the seed, whatever ran on the loop before."""
        self._random = Random(self._seed)
        self._tasks: WeakKeyDictionary[Any, tuple[int, float]] = WeakKeyDictionary()
        self._run_forever()

    def run_once(self) -> None:
        """Take one turn of the loop."""
        now, later, beside = list[Any](), list[Any](), list[Any]()
        for handle in [self._ready.popleft() for _ in range(len(self._ready))]:
            if task := compat.task_of(handle):
                known = len(self._tasks), self._random.choice(CHANCES)
                beside.append((*self._tasks.setdefault(task, known), handle))
            else:
                self._shuffle(beside, now, later)
                now.append(handle)
        self._shuffle(beside, now, later)
        if not now:
            now, later = later, now  # Else the loop would wait for something else.
        self._ready.extendleft(reversed(now))
        try:
            self._run_once()
        finally:
            self._ready.extendleft(reversed(later))

    def _shuffle(self, beside: list[Any], now: list[Any], later: list[Any]) -> None:
        beside.sort(key=lambda one: one[0])  # asyncio keeps some tasks in sets.
        self._random.shuffle(beside)
        for _, chance, handle in beside:
            (later if self._random.random() < chance else now).append(handle)
        beside.clear()


def shuffled(factory: Factory, seed: int) -> asyncio.AbstractEventLoop:
    """Make a loop that takes its steps in the order of a seed, or skip the test."""
    loop = factory()
    if not isinstance(loop, asyncio.BaseEventLoop):
        loop.close()
        pytest.skip(f"{OPTION} shuffles asyncio's own event loops only")
    Order(loop, seed)
    return loop


class Shuffle:
    """Parametrizes each async test by seeds."""

    def __init__(self, seeds: Iterable[int]) -> None:
        self._seeds = seeds
        self._loops: dict[Any, Factory] = {}  # For tests that share one, they are the same.

    @pytest.hookimpl(optionalhook=True, trylast=True)
    def pytest_asyncio_loop_factories(self) -> dict[str, Factory]:
        """Have tests parametrized by their loops, if the project does not."""
        return {"asyncio": asyncio.new_event_loop}

    @pytest.hookimpl(wrapper=True)
    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> Generator[None, Any, Any]:
        """Replace each loop by its orders."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(metafunc, "parametrize", partial(self._parametrize, metafunc.parametrize))
            return (yield)

    def _parametrize(self, original: Any, names: Any, values: Any, *args: Any, **more: Any) -> None:
        if names == compat.LOOP_FACTORY:
            named = [*zip(more.pop("ids"), values, strict=True)]
            values = [order for name, loop in named for order in self._orders(name, loop)]
            values = values or [
                pytest.param(partial(shuffled, loop, 0), id=name) for name, loop in named
            ]
        original(names, values, *args, **more)

    def _orders(self, name: Any, factory: Any) -> Generator[Any]:
        prefix = "" if name in ("asyncio", pytest.HIDDEN_PARAM) else f"{name}-"
        if hasattr(factory, "marks"):
            yield factory._replace(id=name)  # It marks a test whose loop the project lacks.
        elif "uvloop" not in str(getattr(factory, "__module__", "")):
            for seed in self._seeds:
                made = partial(shuffled, factory, seed)
                order = self._loops.setdefault((id(factory), seed), made)
                yield pytest.param(order, id=f"{prefix}shuffle-{seed}")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Say what is left out."""
        if "uvloop" in sys.modules:
            terminalreporter.write_line(f"async guard: {OPTION} leaves out the tests on uvloop")
