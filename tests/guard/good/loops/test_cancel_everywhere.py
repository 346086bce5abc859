"""Functions that may be cancelled at each of their awaits."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from contextvars import ContextVar
from functools import partial

import pytest
from async_guard import CancelEverywhere, Cancelled
from my_project import DatabaseConnection

CALLER: ContextVar[str] = ContextVar("CALLER", default="nobody")


async def steps(count: int) -> int:
    """Suspend some times."""
    for _ in range(count):
        await asyncio.sleep(0)
    return count


async def group(*counts: int) -> None:
    """Suspend once, and as often as its tasks."""
    async with asyncio.TaskGroup() as group:
        for count in counts:
            group.create_task(steps(count))


async def gathered() -> None:
    """Wait for two tasks."""
    await asyncio.gather(steps(1), steps(2))


async def bounded() -> None:
    """Wait within timeouts, of which one is over at once: 3.11's `wait_for` may swallow."""
    if sys.version_info >= (3, 12):
        await asyncio.wait_for(steps(2), 5)
    async with asyncio.timeout(5):
        await steps(1)
    with suppress(TimeoutError):
        async with asyncio.timeout(0):
            await asyncio.Event().wait()


async def shielded() -> None:
    """Wait for a task to its end, even if cancelled."""
    task = asyncio.create_task(steps(3))
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


async def generated() -> None:
    """Read from a generator whose clean-up awaits."""

    async def numbers() -> AsyncIterator[int]:
        try:
            yield await steps(1)
            yield await steps(2)
        finally:
            await asyncio.sleep(0)

    async with aclosing(numbers()) as all_numbers:
        async for _ in all_numbers:
            await steps(1)


async def cancels_a_child() -> None:
    """Cancel and await a task of its own."""
    task = asyncio.create_task(steps(9))
    try:
        await asyncio.sleep(0)
    finally:
        task.cancel()
        await asyncio.wait([task])


async def starts_a_program() -> None:
    """Wait for a program, and end it if cancelled."""
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", "pass")
    try:
        await program.wait()
    finally:
        if program.returncode is None:
            program.kill()
        await program.wait()


async def in_a_context() -> None:
    """Change a context variable."""
    assert CALLER.get() == "test"
    CALLER.set("function")
    await asyncio.sleep(0)
    assert CALLER.get() == "function"


@pytest.mark.parametrize(
    ("function", "least"),
    [
        (partial(steps, 3), 3),
        (partial(group, 1, 2), 4),
        (gathered, 4),
        (bounded, 2),
        (shielded, 4),
        (generated, 6),
        (cancels_a_child, 2),
    ],
)
async def test_each_suspension_is_counted(
    cancel_everywhere: CancelEverywhere, function: partial[object], least: int
) -> None:
    """Those of child tasks too, one after the other."""
    seen = [cancelled async for cancelled in cancel_everywhere(function)]
    assert [cancelled.number for cancelled in seen] == [*range(1, len(seen) + 1)]
    assert all("test_cancel_everywhere.py:" in cancelled.line for cancelled in seen)
    assert len(seen) >= least


async def test_a_function_that_never_suspends(
    cancel_everywhere: CancelEverywhere,
) -> None:
    """There is nothing to cancel, and a warning says so, which is no error."""
    with pytest.warns(UserWarning, match=r"group\(\) never suspends"):
        assert [_ async for _ in cancel_everywhere(group)] == []


async def test_the_last_run_s_error_is_raised(
    cancel_everywhere: CancelEverywhere,
) -> None:
    """After the body has seen each cancelled run."""
    seen: list[Cancelled] = []

    async def fail() -> None:
        await steps(2)
        raise ValueError("at the end")

    with pytest.raises(ValueError, match="at the end"):  # noqa: PT012
        async for cancelled in cancel_everywhere(fail):
            seen.append(cancelled)  # noqa: PERF401 - it is to be filled until the error.
    assert len(seen) == 2


async def test_rules_are_added(cancel_everywhere: CancelEverywhere) -> None:
    """One that swallows, one that raises, and one with as many suspensions as allowed."""

    async def swallow() -> int:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(0)
        task = asyncio.current_task()
        return task.uncancel() if task and task.cancelling() else 0

    async def replace() -> None:
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            raise KeyError from None

    allowing = cancel_everywhere.options(swallows=True).options(
        raises=(KeyError, OSError)
    )
    assert len([_ async for _ in allowing(swallow)]) == 1
    assert len([_ async for _ in allowing(replace)]) == 1
    assert (
        len([_ async for _ in cancel_everywhere.options(limit=3)(steps, count=3)]) == 3
    )


async def test_a_mistaken_call_says_what_to_write(
    cancel_everywhere: CancelEverywhere,
) -> None:
    """What is no async function, and a rule that does not exist."""
    wrong: list[object] = [None, len, dict, aiter]
    for function in wrong:
        with pytest.raises(TypeError, match=r"not callable|argument|await"):
            async for _ in cancel_everywhere(function):  # type: ignore[arg-type]
                pass
    with pytest.raises(TypeError, match="limits"):
        cancel_everywhere.options(limits=1)  # type: ignore[call-arg]


async def test_the_body_may_leave_the_loop(cancel_everywhere: CancelEverywhere) -> None:
    """By `break`, or by an error that it expects."""
    async for cancelled in cancel_everywhere(steps, 5):
        if cancelled.number == 2:
            break
    with pytest.raises(ValueError, match="in the body"):  # noqa: PT012
        async for _ in cancel_everywhere(group, 1):
            raise ValueError("in the body")
    await asyncio.sleep(0)


async def test_runs_do_not_see_each_other(cancel_everywhere: CancelEverywhere) -> None:
    """Nor does the test see their context variables."""
    CALLER.set("test")
    async for _ in cancel_everywhere(in_a_context):
        assert CALLER.get() == "test"


async def test_sweeps_side_by_side_and_nested(
    cancel_everywhere: CancelEverywhere,
) -> None:
    """Each counts its own; the outer one counts what the inner one waits for."""

    async def sweep(count: int) -> int:
        return len([_ async for _ in cancel_everywhere(steps, count)])

    assert await asyncio.gather(sweep(2), sweep(4)) == [2, 4]
    async with asyncio.TaskGroup() as group, asyncio.timeout(5):
        async for _ in cancel_everywhere(sweep, 1):
            group.create_task(steps(1))


@pytest.mark.asyncio(
    loop_factories=["asyncio"]
)  # uvloop's tasks are not eager everywhere.
@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python 3.11 has no eager tasks")
async def test_eager_tasks(cancel_everywhere: CancelEverywhere) -> None:
    """Where a task begins as it is created, its first suspension is its parent's."""
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    assert len([_ async for _ in cancel_everywhere(group, 1, 2)]) == 2
    assert len([_ async for _ in cancel_everywhere(steps, 2)]) == 2


async def test_programs(cancel_everywhere: CancelEverywhere) -> None:
    """A program is ended by each run."""
    async for _ in cancel_everywhere(starts_a_program):
        pass


async def test_a_fixture_is_used_again(
    cancel_everywhere: CancelEverywhere, database: DatabaseConnection
) -> None:
    """The connection works after each cancelled statement."""
    async for _ in cancel_everywhere(database.execute, "SELECT 1"):
        assert await database.execute("SELECT 2") == [(2,)]


async def test_a_killed_program_may_take_a_moment(
    cancel_everywhere: CancelEverywhere,
) -> None:
    """It is not left open, though the run that killed it waits no more."""

    async def kills() -> None:
        program = await asyncio.create_subprocess_exec("sleep", "5")
        try:
            await asyncio.sleep(0)
        finally:
            program.kill()
            await program.wait()

    async for _ in cancel_everywhere(kills):
        pass


@pytest.mark.asyncio(loop_scope="module")
async def test_a_loop_that_tests_share(cancel_everywhere: CancelEverywhere) -> None:
    """It counts nothing any more for the next test."""
    assert len([_ async for _ in cancel_everywhere(group, 1)]) == 2


@pytest.mark.asyncio(loop_scope="module")
async def test_the_next_test_on_that_loop(cancel_everywhere: CancelEverywhere) -> None:
    """Its tasks run as ever."""
    await group(1)
    assert len([_ async for _ in cancel_everywhere(group, 1)]) == 2
