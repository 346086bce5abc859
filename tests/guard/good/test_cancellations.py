"""Cancellation handled right: by the tests, and by the package."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from my_project.well_behaved import (
    both,
    hand_over,
    interruptible,
    interruptible_by_its_owner,
    note_and_raise,
    stop,
    stop_all,
    stop_one_by_one,
    stop_within,
    undo_and_raise,
)


async def for_ever() -> None:
    """Wait until cancelled."""
    await asyncio.Event().wait()


async def test_a_cancelled_task_is_awaited_under_raises() -> None:
    """The test sees the end of what it cancelled."""
    task = asyncio.create_task(for_ever())
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_cancelled_task_is_awaited_in_a_try() -> None:
    """The task that the test cancelled is the one whose cancellation it catches."""
    task = asyncio.create_task(for_ever())
    await asyncio.sleep(0)
    task.cancel()
    try:  # noqa: SIM105 - it is the other way to write it.
        await task
    except asyncio.CancelledError:
        pass
    assert task.cancelled()


async def test_clean_up_and_raise() -> None:
    """The package cleans up and lets the cancellation through."""
    notes, waiting = list[str](), asyncio.Event()
    task = asyncio.create_task(note_and_raise(notes, waiting))
    await waiting.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert notes == ["cancelled"]


async def test_a_message_of_the_cancellation() -> None:
    """The reason of the cancellation reaches who awaits."""
    task = asyncio.create_task(for_ever())
    task.cancel("enough")
    with pytest.raises(asyncio.CancelledError, match="enough"):
        await task


async def test_undo_and_raise() -> None:
    """Whatever ends the work, it is undone."""
    undone = list[str]()
    task = asyncio.create_task(undo_and_raise(for_ever(), undone))
    await asyncio.sleep(0)
    await stop(task)
    assert undone == ["undone"]


async def test_stop_waits_for_the_end() -> None:
    """One task is cancelled and over."""
    task = asyncio.create_task(for_ever())
    await stop(task)
    assert task.cancelled()


@pytest.mark.parametrize("stopping", [stop_all, stop_one_by_one])
async def test_many_are_stopped(stopping: Callable[..., Awaitable[None]]) -> None:
    """Several tasks are cancelled, then awaited."""
    tasks = [asyncio.create_task(for_ever()) for _ in range(3)]
    await stopping(tasks)
    assert all(task.cancelled() for task in tasks)


async def test_stop_within_a_time() -> None:
    """A task that ends at once is in time, however it ends."""
    assert await stop_within(asyncio.create_task(for_ever()), 5)


async def test_stop_within_a_time_of_a_task_that_had_ended() -> None:
    """There is nothing to cancel."""
    task = asyncio.create_task(asyncio.sleep(0))
    await task
    assert await stop_within(task, 5)


async def test_stop_within_a_time_that_is_too_short() -> None:
    """The clean-up of the task takes longer, and is awaited by the test."""
    gate = asyncio.Event()

    async def linger() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await gate.wait()

    task = asyncio.create_task(linger())
    await asyncio.sleep(0)
    timer = asyncio.get_running_loop().call_later(0.05, gate.set)
    assert await stop_within(task, 0.01) in {True, False}  # Python 3.11 waits on.
    await asyncio.wait({task})
    timer.cancel()


async def test_what_was_caught_is_raised_later() -> None:
    """The second part runs, and the first part's failure is raised."""
    second = asyncio.Event()

    async def fail() -> None:
        raise ValueError("first")

    async def succeed() -> None:
        second.set()

    with pytest.raises(ValueError, match="first"):
        await both(fail(), succeed())
    assert second.is_set()


async def test_both_succeed() -> None:
    """Where the first succeeds, nothing is raised."""
    await both(asyncio.sleep(0), asyncio.sleep(0))


async def test_a_future_gets_the_failure() -> None:
    """Who awaits the future sees the exception."""
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def fail() -> int:
        raise ValueError("work")

    await hand_over(fail(), future)
    with pytest.raises(ValueError, match="work"):
        await future


async def test_a_future_gets_the_result() -> None:
    """Who awaits the future sees the result."""
    future: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    await hand_over(asyncio.sleep(0, 7), future)
    assert await future == 7


async def test_a_cancellation_is_taken_back() -> None:
    """The one cancellation is accounted for, and the task ends with a result."""
    task = asyncio.create_task(interruptible(asyncio.Event()))
    await asyncio.sleep(0)
    task.cancel()
    assert await task is False


async def test_two_cancellations_are_not_taken_back() -> None:
    """Somebody else wants the task to end, too."""
    task = asyncio.create_task(interruptible(asyncio.Event()))
    await asyncio.sleep(0)
    task.cancel()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_owner_interrupts() -> None:
    """The owner's own cancellation becomes a result, and its count is put right."""
    waiting = asyncio.Event()
    task = asyncio.create_task(interruptible_by_its_owner(asyncio.Event(), waiting))
    await waiting.wait()
    task.cancel()
    assert await task is False
    assert task.cancelling() == 0


@pytest.mark.parametrize("cancellable", [interruptible, interruptible_by_its_owner])
async def test_nobody_interrupts(cancellable: Callable[..., Awaitable[bool]]) -> None:
    """The event comes first."""
    event = asyncio.Event()
    event.set()
    more = () if cancellable is interruptible else (asyncio.Event(),)
    assert await cancellable(event, *more)
