"""Loops that a sync test runs itself, and closes."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from my_project.well_behaved import Worker, fetch


async def work() -> int:
    """Run and end a worker."""
    async with Worker() as worker:
        worker.queue.put_nowait(1)
        await worker.queue.join()
    return len(worker.seen)


def test_asyncio_run() -> None:
    """``run`` opens and closes a loop."""
    assert asyncio.run(work()) == 1


def test_asyncio_run_in_debug_mode() -> None:
    """The debug mode changes nothing."""
    assert asyncio.run(work(), debug=True) == 1


def test_asyncio_run_ends_what_is_left() -> None:
    """``run`` cancels and awaits the tasks that ``main`` leaves to it."""
    ended = list[str]()

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("ended")

    async def main() -> asyncio.Task[None]:
        task = asyncio.create_task(wait())
        await asyncio.sleep(0)
        return task

    assert asyncio.run(main()).cancelled()
    assert ended == ["ended"]


def test_a_runner() -> None:
    """A runner keeps its loop between two runs."""
    with asyncio.Runner() as runner:
        assert runner.run(fetch(1)) + runner.run(fetch(2)) == 3


def test_a_loop_by_hand() -> None:
    """The loop is closed by who made it."""
    loop = asyncio.new_event_loop()
    try:
        assert loop.run_until_complete(fetch(1)) == 1
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    """Share a loop between a fixture and a test that are both sync."""
    with asyncio.Runner() as runner:
        runner.run(fetch(1))
        yield runner


def test_a_runner_of_a_fixture(runner: asyncio.Runner) -> None:
    """The fixture closes the loop."""
    assert runner.run(work()) == 1


def test_a_loop_in_another_thread() -> None:
    """The thread is joined, and its loop is closed by ``run``."""
    results = list[int]()
    thread = threading.Thread(target=lambda: results.append(asyncio.run(work())))
    thread.start()
    thread.join()
    assert results == [1]
