"""What holds in any order: `--async-shuffle` breaks none of it."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

import pytest
import pytest_asyncio


class Echo(asyncio.Protocol):
    """Sends back what it gets."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to send to."""
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        """Send it back."""
        self.transport.write(data)
        self.transport.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def echo() -> AsyncIterator[int]:
    """Serve all tests of the module."""
    loop = asyncio.get_running_loop()
    async with await loop.create_server(Echo, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_plain_callbacks_keep_their_order() -> None:
    """They are called as they were registered, those of a task's end among them."""
    calls, loop = list[int](), asyncio.get_running_loop()
    for number in range(9):
        loop.call_soon(calls.append, number)
    loop.call_soon(calls.append, 9)
    while len(calls) < 10:  # noqa: ASYNC110 - it is the order that counts.
        await asyncio.sleep(0)
    assert calls == [*range(10)]


async def test_no_task_runs_before_an_earlier_callback() -> None:
    """What is registered before a task is created is called before its first step."""
    calls, loop = list[str](), asyncio.get_running_loop()

    async def note(number: int) -> None:
        calls.append(f"task {number}")

    tasks = []
    for number in range(5):
        loop.call_soon(calls.append, f"callback {number}")
        tasks.append(loop.create_task(note(number)))
    await asyncio.gather(*tasks)
    for number in range(5):
        assert calls.index(f"callback {number}") < calls.index(f"task {number}")


async def test_a_method_of_a_task_is_a_plain_callback() -> None:
    """`call_soon(task.cancel)` is called in its turn."""
    calls, loop = list[int](), asyncio.get_running_loop()
    task = asyncio.create_task(asyncio.Event().wait())
    loop.call_soon(calls.append, 1)
    loop.call_soon(task.cancel)
    loop.call_soon(lambda: calls.append(1 + task.cancelling()))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert calls == [1, 2]


@pytest.mark.asyncio(loop_scope="module")
async def test_connections_side_by_side(echo: int) -> None:
    """Streams to a server that the tests share."""

    async def by_stream() -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", echo)
        writer.write(b"x")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer

    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        tasks = [group.create_task(by_stream()) for _ in range(5)]
    assert [task.result() for task in tasks] == [b"x"] * 5


async def test_threads_and_timers() -> None:
    """What comes from outside the loop."""
    loop = asyncio.get_running_loop()
    alarm = asyncio.Event()
    await asyncio.gather(*(asyncio.to_thread(sum, [number]) for number in range(5)))
    await asyncio.to_thread(partial(loop.call_soon_threadsafe, alarm.set))
    await alarm.wait()
    await asyncio.gather(*(asyncio.sleep(0.001) for _ in range(5)))


async def test_a_generator_is_left_early() -> None:
    """Its clean-up awaits nothing, so that it may come at any time."""

    async def numbers() -> AsyncIterator[int]:
        yield 1
        yield 2

    async for _ in numbers():
        break
