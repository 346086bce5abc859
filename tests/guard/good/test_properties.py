"""Properties: hypothesis makes up the arguments of async tests."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from my_project import map_concurrently
from my_project.well_behaved import Worker, countdown, fetch

quick = settings(max_examples=15, deadline=None)


@quick
@given(numbers=st.lists(st.integers(), max_size=5))
async def test_the_order_is_kept(numbers: list[int]) -> None:
    """However many there are, the results come in order."""
    assert await map_concurrently(fetch, numbers, limit=2) == numbers


@quick
@given(st.integers(1, 5))
async def test_each_example_ends_its_tasks(count: int) -> None:
    """The tasks of one example are over before the next."""
    async with Worker() as worker:
        for number in range(count):
            worker.queue.put_nowait(number)
        await worker.queue.join()
    assert worker.seen == list(range(count))


@quick
@given(st.integers(2, 5))
async def test_each_example_leaves_a_generator(start: int) -> None:
    """There is nothing to clean up."""
    async for number in countdown(start):
        assert number == start
        break


@pytest.fixture
async def offset() -> int:
    """Serve all examples of a test."""
    return await fetch(0)


@settings(quick, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers())
async def test_examples_share_a_fixture(offset: int, number: int) -> None:
    """The fixture is set up once for all examples."""
    assert await fetch(number) + offset == number


class TestInAClass:
    """Properties as methods."""

    @quick
    @given(number=st.integers())
    @pytest.mark.parametrize("factor", [1, 2])
    async def test_with_parameters(self, factor: int, number: int) -> None:
        """Both kinds of parameters are combined."""
        assert await asyncio.sleep(0, number * factor) == number * factor
