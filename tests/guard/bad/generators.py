# mistake: context_manager_entered_by_hand

"""An async context manager is entered by hand, and never left."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def opened() -> AsyncIterator[str]:
    try:
        yield "open"
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    assert await opened().__aenter__() == "open"  # HERE


async def test_fixed() -> None:
    async with opened() as state:
        assert state == "open"


# mistake: generator_asked_once

"""A test takes one value with `anext`, and the generator's clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    opened = numbers()
    assert await anext(opened) == 1  # HERE


async def test_fixed() -> None:
    opened = numbers()
    assert await anext(opened) == 1
    await opened.aclose()


# mistake: generator_in_a_reference_cycle

"""A cycle of references holds a generator whose clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    opened: list[object] = []
    opened += [opened, generator := numbers()]
    assert await anext(generator) == 1  # HERE


async def test_fixed() -> None:
    opened: list[object] = []
    opened += [opened, generator := numbers()]
    assert await anext(generator) == 1
    await generator.aclose()


# mistake: generator_left_by_an_exception

"""The body of a loop raises, and the generator's clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 0
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async for number in numbers():  # HERE
            assert 1 / number


async def test_fixed() -> None:
    with pytest.raises(ZeroDivisionError):  # noqa: PT012
        async with aclosing(numbers()) as opened:
            async for number in opened:
                assert 1 / number


# mistake: generator_left_by_break

"""A loop is left by `break`, and the generator's clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)


async def test_mistake() -> None:
    async for number in numbers():  # HERE
        assert number == 1
        break


async def test_fixed() -> None:
    async with aclosing(numbers()) as opened:
        async for number in opened:
            assert number == 1
            break


# mistake: generator_left_by_return

"""A helper returns from the middle of its loop over a generator."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)


async def first() -> int | None:
    async for number in numbers():  # HERE
        return number
    return None


async def first_and_close() -> int | None:
    async with aclosing(numbers()) as opened:
        return await anext(opened, None)


async def test_mistake() -> None:
    assert await first() == 1


async def test_fixed() -> None:
    assert await first_and_close() == 1


# mistake: generator_left_by_the_package

"""The package leaves a loop early, and the generator's clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing


async def pages() -> AsyncGenerator[str, None]:
    try:
        yield "one"
        yield "two"
    finally:
        await asyncio.sleep(0)


async def mistaken(wanted: str) -> bool:
    async for page in pages():  # HERE
        if page == wanted:
            return True
    return False


async def fixed(wanted: str) -> bool:
    async with aclosing(pages()) as opened:
        async for page in opened:
            if page == wanted:
                return True
    return False


# tests
from my_project.generator_left_by_the_package import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken("one")


async def test_fixed() -> None:
    assert await fixed("one")


# mistake: generator_left_in_a_fixture

"""A fixture takes one value of a generator, and its clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import pytest


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        await asyncio.sleep(0)


@pytest.fixture
async def mistaken() -> int:
    return await anext(numbers())  # HERE


@pytest.fixture
async def fixed() -> AsyncIterator[int]:
    opened = numbers()
    yield await anext(opened)
    await opened.aclose()


async def test_mistake(mistaken: int) -> None:
    assert mistaken == 1


async def test_fixed(fixed: int) -> None:
    assert fixed == 1


# mistake: generator_of_the_package_left_by_a_test

"""A test leaves a loop over what the package yields, and its clean-up awaits."""

import asyncio
from collections.abc import AsyncGenerator


async def mistaken() -> AsyncGenerator[str, None]:
    try:
        yield "one"
        yield "two"
    finally:
        await asyncio.sleep(0)


fixed = mistaken


# tests
from contextlib import aclosing

from my_project.generator_of_the_package_left_by_a_test import fixed, mistaken


async def test_mistake() -> None:
    async for page in mistaken():  # HERE
        assert page == "one"
        break


async def test_fixed() -> None:
    async with aclosing(fixed()) as pages:
        assert await anext(pages) == "one"
