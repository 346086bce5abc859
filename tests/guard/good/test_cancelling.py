"""The package ends what it cancels, and lets its own cancellation through."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent import futures

import pytest
from my_project import cancelling
from my_project.cancelling import Service, Tolerant


async def for_ever() -> None:
    """Wait until cancelled."""
    await asyncio.Event().wait()


async def test_a_service_is_closed_and_waited_for() -> None:
    """One method cancels, and others wait."""
    service = Service(for_ever())
    service.close()
    await service.wait_closed()
    await service.wait_closed_within(5)


async def test_a_service_is_closed_by_one_call() -> None:
    """The method that waits is the service's own."""
    await Service(for_ever()).close_and_join()


async def test_all_of_a_service_is_closed() -> None:
    """Nothing is left that it started."""
    service = Service(for_ever())
    service.start("more", for_ever())
    await asyncio.sleep(0)
    await service.close_all()


@pytest.mark.parametrize(
    "stop",
    [
        cancelling.stop_by_comprehension,
        cancelling.stop_by_helper,
        cancelling.stop_unless_cancelled,
    ],
)
async def test_tasks_are_stopped(stop: Callable[..., Awaitable[None]]) -> None:
    """They have ended by their cancellation."""
    tasks = [asyncio.create_task(for_ever()) for _ in range(2)]
    await stop(tasks)
    assert all(task.cancelled() for task in tasks)


async def test_work_runs_while_the_block_does() -> None:
    """At its end the work is cancelled."""
    async with cancelling.running(for_ever()):
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    "cancelled",
    [
        cancelling.cancelled_anew,
        cancelling.cancelled_at_the_next_wait,
        cancelling.cancelled_later,
    ],
)
async def test_a_cancellation_comes_through(
    cancelled: Callable[..., Awaitable[None]],
) -> None:
    """It is raised in another way than by a bare ``raise``."""
    task = asyncio.ensure_future(cancelled(asyncio.Event()))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_outcomes_are_given_to_the_caller() -> None:
    """The cancellation is among them."""

    async def cancel() -> None:
        raise asyncio.CancelledError

    assert isinstance(await cancelling.outcome(cancel()), asyncio.CancelledError)
    (error,) = await cancelling.outcomes(cancel(), asyncio.sleep(0))
    assert isinstance(error, asyncio.CancelledError)
    heard = list[tuple[object, ...]]()
    await cancelling.told(cancel(), heard.append)
    assert heard[0][0] is asyncio.CancelledError


async def test_the_error_of_a_job_has_the_same_name() -> None:
    """It is no cancellation of a task."""
    job = futures.Future[int]()
    job.cancel()
    assert await cancelling.result_of(job) is None


async def test_a_loop_in_finally() -> None:
    """It leaves itself, and not the block."""
    event = asyncio.Event()
    event.set()
    assert await cancelling.first_that_is_set([asyncio.Event(), event]) == 1


async def test_a_context_manager_that_lets_some_errors_pass() -> None:
    """A cancellation is not among them."""
    async with Tolerant():
        raise OSError
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0), Tolerant():
            await for_ever()


async def test_another_object_is_stopped() -> None:
    """It is cancelled by its own method."""
    joined = cancelling.Joined(for_ever())
    supervising = asyncio.create_task(cancelling.supervised(joined))
    await asyncio.sleep(0)
    joined.stop()
    assert await supervising == "stopped"


async def test_a_server_is_closed_while_it_serves() -> None:
    """Its `serve_forever` is cancelled then."""
    server = await asyncio.start_server(lambda _, w: w.close(), "127.0.0.1", 0)
    serving = asyncio.create_task(cancelling.serve(server))
    await asyncio.sleep(0)
    server.close()
    await serving
