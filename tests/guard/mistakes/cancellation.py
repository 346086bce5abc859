"""Mistakes that the check `cancellation` finds: each begins at its name."""

# mistake: bare_except

"""The package catches everything, its cancellation too."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except:  # noqa: E722  # HERE
        event.set()


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except ValueError:
        event.set()


# tests
import asyncio

from my_project.bare_except import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)


# mistake: base_exception_caught

"""The package logs every exception, its cancellation too, and goes on."""

import asyncio
import logging


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except ValueError:
        raise
    except BaseException:  # HERE
        logging.getLogger(__name__).exception("failed")


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except asyncio.CancelledError:
        raise
    except BaseException:
        logging.getLogger(__name__).exception("failed")


# tests
import asyncio

from my_project.base_exception_caught import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)


# mistake: base_exception_raised_but_for_a_cancellation

"""A handler raises some of what it catches, and a cancellation is not among that."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except BaseException as error:  # HERE
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            raise
        print(error)


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except BaseException as error:
        if not isinstance(error, Exception):
            raise
        print(error)


# tests
import asyncio

from my_project.base_exception_raised_but_for_a_cancellation import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)


# mistake: base_exception_suppressed

"""The package suppresses every exception, its cancellation too."""

import asyncio
import contextlib


async def mistaken(event: asyncio.Event) -> None:
    async with asyncio.Lock():
        with contextlib.suppress(BaseException):  # HERE
            await event.wait()


async def mended(event: asyncio.Event) -> None:
    async with asyncio.Lock():
        with contextlib.suppress(OSError):
            await event.wait()


# tests
import asyncio

import pytest
from my_project.base_exception_suppressed import mended


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await mended(asyncio.Event())


# mistake: cancelled_error_among_others

"""The package catches its cancellation together with other errors."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    while not event.is_set():
        try:
            await event.wait()
        except (ValueError, asyncio.CancelledError):  # HERE
            event.clear()


async def mended(event: asyncio.Event) -> None:
    while not event.is_set():
        try:
            await event.wait()
        except ValueError:
            event.clear()


# tests
import asyncio

from my_project.cancelled_error_among_others import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)


# mistake: cancelled_error_caught_around_a_loop

"""The package catches the cancellation of a whole loop over a stream."""

import asyncio
from collections.abc import AsyncIterable


async def mistaken(lines: AsyncIterable[bytes], received: list[bytes]) -> None:
    try:
        async for line in lines:
            received += [line]
    except asyncio.exceptions.CancelledError:  # HERE
        received.clear()


async def mended(lines: AsyncIterable[bytes], received: list[bytes]) -> None:
    try:
        async for line in lines:
            received += [line]
    except asyncio.exceptions.CancelledError:
        received.clear()
        raise


# tests

import asyncio

from my_project.cancelled_error_caught_around_a_loop import mended


async def test_mended() -> None:
    reader, received = asyncio.StreamReader(), list[bytes]()
    reader.feed_data(b"one\n")
    reader.feed_eof()
    await mended(reader, received)
    assert received == [b"one\n"]


# mistake: cancelled_error_in_a_constant

"""A constant of the module holds what is caught, a `CancelledError` too."""

import asyncio
import contextlib

NETWORK_ERRORS = (OSError, EOFError)
EXPECTED_ERRORS = (*NETWORK_ERRORS, asyncio.CancelledError)


async def mistaken(event: asyncio.Event) -> None:
    with contextlib.suppress(*EXPECTED_ERRORS):  # HERE
        await event.wait()
    try:
        await event.wait()
    except EXPECTED_ERRORS:  # HERE
        event.set()


async def mended(event: asyncio.Event) -> None:
    with contextlib.suppress(*NETWORK_ERRORS):
        await event.wait()
    try:
        await event.wait()
    except NETWORK_ERRORS:
        event.set()


# tests
import asyncio

from my_project.cancelled_error_in_a_constant import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)


# mistake: cancelled_error_in_a_context_manager

"""A context manager swallows the cancellation of the block that it is for."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


@asynccontextmanager
async def mistaken(event: asyncio.Event) -> AsyncIterator[None]:
    try:
        yield
    except asyncio.CancelledError:  # HERE
        event.set()


@asynccontextmanager
async def mended(event: asyncio.Event) -> AsyncIterator[None]:
    try:
        yield
    finally:
        event.set()


# tests
import asyncio

import pytest
from my_project.cancelled_error_in_a_context_manager import mended


async def test_mended() -> None:
    event = asyncio.Event()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), mended(event):
            await asyncio.Event().wait()
    assert event.is_set()


# mistake: cancelled_error_in_except_star

"""The package catches its cancellation with `except*`."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except* OSError:
        raise
    except* asyncio.CancelledError:  # HERE
        event.set()


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except* asyncio.CancelledError:
        event.set()
        raise


# tests
import asyncio

from my_project.cancelled_error_in_except_star import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)


# mistake: cancelled_error_passed_over

"""The package catches its cancellation and goes on."""

import asyncio


async def mistaken(event: asyncio.Event) -> None:
    try:  # noqa: SIM105
        await event.wait()
    except asyncio.CancelledError:  # HERE
        pass


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except asyncio.CancelledError:
        event.set()
        raise


# tests
import asyncio

import pytest
from my_project.cancelled_error_passed_over import mended


async def test_mended() -> None:
    event = asyncio.Event()
    task = asyncio.create_task(mended(event))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


# mistake: cancelled_error_suppressed

"""The package suppresses its cancellation."""

import asyncio
from contextlib import suppress


async def mistaken(event: asyncio.Event) -> None:
    with suppress(asyncio.CancelledError):  # HERE
        await event.wait()


async def mended(event: asyncio.Event) -> None:
    task = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


# tests
import asyncio

from my_project.cancelled_error_suppressed import mended


async def test_mended() -> None:
    await mended(asyncio.Event())


# mistake: cancelled_error_suppressed_by_a_constant

"""The package suppresses its cancellation under a name of its own."""

import asyncio
from contextlib import suppress

QUIETLY = suppress(asyncio.CancelledError)


async def mistaken(event: asyncio.Event) -> None:
    with QUIETLY:  # HERE
        await event.wait()


async def mended(event: asyncio.Event) -> None:
    task = asyncio.create_task(event.wait())
    await asyncio.sleep(0)
    task.cancel()
    with QUIETLY:
        await task


# tests
import asyncio

from my_project.cancelled_error_suppressed_by_a_constant import mended


async def test_mended() -> None:
    await mended(asyncio.Event())


# mistake: cancelled_error_turned_into_a_result

"""The package returns a value where it is cancelled."""

from asyncio import CancelledError, Event


async def mistaken(event: Event) -> bool:
    try:
        return await event.wait()
    except CancelledError:  # HERE
        return False


async def mended(event: Event) -> bool:
    return await event.wait()


# tests
import asyncio

import pytest
from my_project.cancelled_error_turned_into_a_result import mended


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await mended(asyncio.Event())


# mistake: cancelled_error_turned_into_an_error

"""The package raises an error of its own where it is cancelled."""

import asyncio


class LoadError(Exception):
    pass


async def mistaken(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except (OSError, asyncio.CancelledError) as error:  # HERE
        raise LoadError("cannot load") from error


async def mended(event: asyncio.Event) -> None:
    try:
        await event.wait()
    except OSError as error:
        raise LoadError("cannot load") from error


# tests
import asyncio

import pytest
from my_project.cancelled_error_turned_into_an_error import mended


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await mended(asyncio.Event())


# mistake: cancelled_error_under_another_name

"""The package catches its cancellation by the name it gave it."""

import asyncio as aio
import contextlib as managers
from asyncio import CancelledError as Cancelled


async def mistaken(event: aio.Event) -> None:
    try:
        await event.wait()
    except Cancelled:  # HERE
        event.set()
    with managers.suppress(Cancelled):  # HERE
        await event.wait()


async def mended(event: aio.Event) -> None:
    try:
        await event.wait()
    except Cancelled as error:
        event.set()
        raise Cancelled("set") from error


# tests
import asyncio

from my_project.cancelled_error_under_another_name import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended(event)


# mistake: continue_in_finally

"""A `continue` or a `break` in `finally` drops the cancellation that is under way."""

import asyncio


async def mistaken(events: list[asyncio.Event]) -> None:
    for event in events:
        try:
            await event.wait()
        finally:
            if event.is_set():
                continue  # noqa: B012  # HERE
            break  # noqa: B012  # HERE


async def mended(events: list[asyncio.Event]) -> None:
    for event in events:
        try:
            await event.wait()
        finally:
            for other in events:
                if other is event:
                    continue
                break


# tests
import asyncio

from my_project.continue_in_finally import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    await mended([event])


# mistake: return_in_finally

"""A `return` in `finally` drops the cancellation that is under way."""

import asyncio


async def mistaken(event: asyncio.Event) -> bool:
    try:
        await event.wait()
    finally:
        return event.is_set()  # noqa: B012  # HERE


async def mended(event: asyncio.Event) -> bool:
    await event.wait()
    return event.is_set()


# tests
import asyncio

from my_project.return_in_finally import mended


async def test_mended() -> None:
    event = asyncio.Event()
    event.set()
    assert await mended(event)


# mistake: true_returned_from_aexit

"""`__aexit__` returns `True`, whatever the exception is."""

from typing import Self


class Mistaken:
    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, error: object, _: object) -> bool:
        if error is not None:
            print(error)
            return True  # HERE
        return False


class Mended:
    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: object, error: object, _: object) -> bool:
        return isinstance(error, KeyError)


# tests
import asyncio

import pytest
from my_project.true_returned_from_aexit import Mended


async def test_mended() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), Mended():
            await asyncio.Event().wait()


# mistake: truth_of_the_exception_returned_from_aexit

"""`__aexit__` returns whether there is an exception: it swallows each."""


class Mistaken:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return kind is not None  # HERE


class MistakenToo:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return bool(error)  # HERE


class Mended:
    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, kind, error, traceback) -> bool:
        return kind is not None and issubclass(kind, ValueError)


# tests
import pytest
from my_project.truth_of_the_exception_returned_from_aexit import Mended


async def test_mended() -> None:
    async with Mended():
        raise ValueError
    with pytest.raises(KeyError):
        async with Mended():
            raise KeyError
