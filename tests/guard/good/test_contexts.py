"""Context variables and stacks of context managers."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextvars import ContextVar, copy_context
from pathlib import Path

import pytest
from my_project import DatabaseConnection
from my_project.well_behaved import Worker

request_id: ContextVar[str] = ContextVar("request_id", default="none")


@pytest.fixture
async def request_of_fixture() -> AsyncIterator[str]:
    """Set the variable for the test, and reset it."""
    token = request_id.set("fixture")
    yield request_id.get()
    request_id.reset(token)


async def test_the_fixture_and_the_test_share_a_context(
    request_of_fixture: str,
) -> None:
    """The test sees what its fixture has set."""
    assert request_id.get() == request_of_fixture == "fixture"


async def test_a_test_begins_with_a_clean_context() -> None:
    """What another test's fixture set is gone."""
    assert request_id.get() == "none"


async def test_a_task_has_a_copy_of_the_context() -> None:
    """What a task sets stays in the task."""

    async def change() -> str:
        request_id.set("task")
        return request_id.get()

    assert await asyncio.create_task(change()) == "task"
    assert request_id.get() == "none"


async def test_a_task_with_a_context_of_its_own() -> None:
    """The context is made by the test."""
    context = copy_context()
    context.run(request_id.set, "given")

    async def read() -> str:
        return request_id.get()

    assert await asyncio.create_task(read(), context=context) == "given"


async def test_a_thread_sees_the_context() -> None:
    """``to_thread`` copies it."""
    request_id.set("test")
    assert await asyncio.to_thread(request_id.get) == "test"


async def test_an_exit_stack_closes_everything(tmp_path: Path) -> None:
    """Files, connections and workers are closed in the reverse order."""
    closed = list[str]()
    async with contextlib.AsyncExitStack() as stack:
        worker = await stack.enter_async_context(Worker())
        database = await stack.enter_async_context(DatabaseConnection(tmp_path / "db"))
        stack.push_async_callback(asyncio.sleep, 0)
        stack.callback(closed.append, "callback")
        worker.queue.put_nowait(1)
        await worker.queue.join()
        assert await database.execute("SELECT 1") == [(1,)]
    assert closed == ["callback"]


async def test_an_exit_stack_hands_over(tmp_path: Path) -> None:
    """``pop_all`` moves the duty to close."""
    async with contextlib.AsyncExitStack() as building:
        await building.enter_async_context(DatabaseConnection(tmp_path / "db"))
        stack = building.pop_all()
    await stack.aclose()


@pytest.fixture
async def stack() -> AsyncIterator[contextlib.AsyncExitStack]:
    """Close after the test what the test puts here."""
    async with contextlib.AsyncExitStack() as stack:
        yield stack


async def test_an_exit_stack_of_a_fixture(stack: contextlib.AsyncExitStack) -> None:
    """The worker runs on when the test returns, and the fixture ends it."""
    worker = await stack.enter_async_context(Worker())
    worker.queue.put_nowait(1)
    await worker.queue.join()
    assert worker.seen == [1]


async def test_the_running_task_is_the_tests_own() -> None:
    """Nothing else runs on the loop of a test."""
    assert asyncio.all_tasks() == {asyncio.current_task()}
