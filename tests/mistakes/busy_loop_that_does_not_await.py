"""deadline: a test computes without end."""

import itertools


async def test_mistake() -> None:
    assert all(number >= 0 for number in itertools.count())  # HERE


async def test_mended() -> None:
    assert all(number >= 0 for number in range(10))
