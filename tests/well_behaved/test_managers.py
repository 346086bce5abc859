"""Async context managers and generators that are made now, and used later, or by somebody else."""

import inspect
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

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
