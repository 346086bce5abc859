"""Async generators: run to their end, closed, or with nothing to clean up."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager

import pytest
from my_project import async_stream
from my_project.well_behaved import countdown, with_async_goodbye, with_goodbye


async def test_run_to_the_end() -> None:
    """An exhausted generator has cleaned up."""
    assert [number async for number in countdown(3)] == [3, 2, 1]


async def test_closed_by_aclosing() -> None:
    """The clean-up has been awaited when the block ends."""
    notes = list[str]()
    async with aclosing(with_async_goodbye(notes)) as numbers:
        async for number in numbers:
            assert number == 0
            break
    assert notes == ["goodbye"]


async def test_closed_by_hand() -> None:
    """``aclose`` is what `aclosing` calls."""
    notes = list[str]()
    numbers = with_async_goodbye(notes)
    assert await anext(numbers) == 0
    await numbers.aclose()
    assert notes == ["goodbye"]


async def test_left_by_a_break() -> None:
    """A clean-up that awaits nothing may run at any time."""
    notes = list[str]()
    async for number in with_goodbye(notes):
        assert number == 0
        break


async def test_left_by_an_exception() -> None:
    """There is nothing to clean up."""

    async def fail() -> None:
        async for number in countdown(3):
            raise ValueError(f"enough of {number}")

    with pytest.raises(ValueError, match="enough"):
        await fail()


async def test_left_by_a_return() -> None:
    """A helper returns from the middle of the loop."""

    async def first() -> int:
        async for number in countdown(3):
            return number
        raise AssertionError("there are three")

    assert await first() == 3


async def test_a_generator_that_never_started() -> None:
    """It has nothing to clean up yet."""
    assert with_async_goodbye([]) is not None


async def test_one_value_of_many() -> None:
    """``anext`` takes one value and drops the rest."""
    assert await anext(async_stream(5)) == 5


async def test_a_generator_that_is_still_held(
    request: pytest.FixtureRequest,
) -> None:
    """The loop closes it at its end, and nothing has to be awaited."""
    numbers = with_goodbye([])
    request.node.numbers = numbers
    assert await anext(numbers) == 0


async def test_a_lock_in_a_generator_that_is_left() -> None:
    """Leaving an ``async with`` of a lock awaits nothing."""
    lock = asyncio.Lock()

    async def locked() -> AsyncGenerator[int, None]:
        async with lock:
            yield 1
            yield 2

    async for number in locked():
        assert number == 1
        break


async def test_a_context_manager_made_of_a_generator() -> None:
    """The generator is run to its end by the ``async with``."""
    notes = list[str]()

    @asynccontextmanager
    async def noted() -> AsyncIterator[None]:
        try:
            yield
        finally:
            await asyncio.sleep(0)
            notes.append("left")

    with pytest.raises(ValueError, match="inside"):
        async with noted():
            raise ValueError("inside")
    assert notes == ["left"]


async def test_a_comprehension_over_a_generator() -> None:
    """A generator expression is an async generator, too."""
    doubled = (number * 2 async for number in countdown(2))
    assert {number async for number in doubled} == {2, 4}


async def test_values_are_sent() -> None:
    """The generator receives a value and ends."""

    async def answer() -> AsyncGenerator[int, int]:
        received = yield 0
        yield received * 2

    async with aclosing(answer()) as answering:
        assert await anext(answering) == 0
        assert await answering.asend(4) == 8


class Channel:
    """Has a method that is called like a generator's, and is none."""

    closed = False

    def aclose(self) -> None:
        """Close at once."""
        self.closed = True


async def test_a_method_of_the_same_name() -> None:
    """There is nothing to await."""
    channel = Channel()
    channel.aclose()
    assert channel.closed
