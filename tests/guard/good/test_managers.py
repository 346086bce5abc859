"""Async context managers and generators that are made now, and used later, or by somebody else."""

import contextlib
import inspect
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import assert_type
from unittest.mock import Mock

import pytest
from my_project import DatabaseConnection, async_stream

log: list[str] = []


@asynccontextmanager
async def opened(name: str) -> AsyncIterator[str]:
    """Log when a block begins and ends."""
    log.append(f"+{name}")
    yield name
    log.append(f"-{name}")


@opened("decorated")
async def work() -> int:
    """Run inside of a context manager of its own at each call."""
    return 1


async def test_a_context_manager_decorates() -> None:
    """What decorates is not entered itself: each call enters another one."""

    @opened("inner")
    async def inner() -> int:
        return await work()

    log.clear()
    assert await inner() == await inner() == 1
    assert log == ["+inner", "+decorated", "-decorated", "-inner"] * 2


async def test_a_context_manager_is_kept_first() -> None:
    """It is entered later, by hand or by a stack."""
    log.clear()
    managers = [opened(name) for name in "ab"]
    async with AsyncExitStack() as stack:
        for manager in managers:
            await stack.enter_async_context(manager)
    assert log == ["+a", "+b", "-b", "-a"]


async def test_a_context_manager_is_returned(database: DatabaseConnection) -> None:
    """A helper gives it to the test."""

    def begun() -> AbstractAsyncContextManager[object]:
        return database.transaction()

    async with begun():
        assert await database.execute("SELECT 1") == [(1,)]


async def test_what_is_made_is_looked_at(database: DatabaseConnection) -> None:
    """To ask for its kind is no use of it, and no mistake."""
    assert isinstance(database.transaction(), AbstractAsyncContextManager)
    assert inspect.isasyncgen(async_stream())


class Service:
    """Enters later what it is given."""

    def __init__(self, manager: AbstractAsyncContextManager[str]) -> None:
        self.manager = manager

    def describe(self) -> str:
        """Return what it is about."""
        return type(self.manager).__name__


async def test_what_is_made_is_given_away(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever gets it may enter it, or only look at it."""
    Service(opened("a")).describe()
    print(opened("b"))
    assert capsys.readouterr().out
    assert_type(opened("c"), contextlib._AsyncGeneratorContextManager[str])


async def test_a_signature() -> None:
    """A call that must fail makes nothing."""
    with pytest.raises(TypeError):
        async_stream(0, 1)  # type: ignore[call-arg, misc]
    with pytest.raises(TypeError):
        opened()  # type: ignore[call-arg]


@pytest.mark.async_guard_off("coroutines", reason="It is about the call alone.")
async def test_a_call_alone() -> None:
    """A marker excuses what the source of a test shows, too."""
    async_stream()


class Reader:
    """Has an async generator of a name that is another's elsewhere."""

    async def run(self) -> AsyncGenerator[int]:
        """Yield one."""
        yield 1


class Base:
    """Does something by the call alone."""

    def __init__(self) -> None:
        self.ran = 0

    def run(self) -> None:
        """Count."""
        self.ran += 1


class Worker(Base):
    """Inherits that."""

    def start(self) -> None:
        """Run twice."""
        self.run()
        call(self.run)


def call(run: Callable[[], None]) -> None:
    """Call what is given."""
    run()


class Outer:
    """Has another class in it."""

    async def run(self) -> AsyncGenerator[int]:
        """Yield one."""
        yield 1

    def inner(self) -> Base:
        """Make an object that runs at once."""

        class Inner(Base):
            def start(self) -> Base:
                self.run()
                return self

        return Inner().start()


async def test_a_class_in_a_class() -> None:
    """Its ``self`` is another one."""
    assert Outer().inner().ran == 1


async def test_a_mock_is_closed() -> None:
    """It returns what it is told to, at once."""
    connection = Mock()
    connection.aclose()
    connection.aclose.assert_called_once_with()


async def test_names_of_several_classes() -> None:
    """Each means what its own class, or the parameter, says."""
    worker = Worker()
    worker.start()
    assert worker.ran == 2
    assert [one async for one in Reader().run()] == [1]


async def test_a_name_of_its_own_hides_the_package_s() -> None:
    """Here it does something by its call alone."""
    called: list[str] = []

    def async_stream() -> None:
        called.append("async_stream")

    async_stream()
    assert called == ["async_stream"]


async def test_a_stack_that_is_never_used() -> None:
    """There is nothing to close."""
    assert AsyncExitStack()


async def test_a_stack_is_closed_by_hand() -> None:
    """``aclose`` ends all, and what moved to another stack is that one's."""
    log.clear()
    stack = AsyncExitStack()
    await stack.enter_async_context(opened("a"))
    other = stack.pop_all()
    assert log == ["+a"]
    await other.aclose()
    assert log == ["+a", "-a"]


async def numbers() -> AsyncGenerator[int]:
    """Yield one."""
    yield 1


async def test_a_generator_is_given_away() -> None:
    """Somebody else iterates over it."""

    async def total(values: AsyncGenerator[int]) -> int:
        return sum([value async for value in values])

    assert await total(numbers()) == 1
