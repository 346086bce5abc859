# mistake: exception_in_a_cancelled_task_s_clean_up

"""The clean-up of a cancelled task fails, and `wait` does not tell."""

import asyncio

import pytest


async def work() -> None:
    try:
        await asyncio.sleep(60)
    finally:
        raise ValueError("no")  # HERE


async def test_mistake() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])


async def test_fixed() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(ValueError, match="no"):
        await task


# mistake: exception_in_a_connection_handler

"""A server's handler raises, and the client only sees the connection end."""

import asyncio
from collections.abc import Awaitable, Callable

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def mistaken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        int(await reader.read(100))  # HERE
    finally:
        writer.close()


async def fixed(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(100)
    writer.close()
    await writer.wait_closed()


async def talk(handler: Handler) -> None:
    async with await asyncio.start_server(handler, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(b"no number")
        await reader.read()
        writer.close()
        await writer.wait_closed()


async def test_mistake() -> None:
    await talk(mistaken)


async def test_fixed() -> None:
    await talk(fixed)


# mistake: exception_in_a_datagram_protocol

"""A datagram protocol raises when data arrives."""

import asyncio


class Mistaken(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.received = asyncio.Event()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.received.set()
        int(data)  # HERE


class Fixed(Mistaken):
    def datagram_received(self, data: bytes, addr: object) -> None:
        self.received.set()


async def send_to(protocol: Mistaken) -> None:
    loop = asyncio.get_running_loop()
    local = ("127.0.0.1", 0)
    transport, _ = await loop.create_datagram_endpoint(lambda: protocol, local)
    transport.sendto(b"no number", transport.get_extra_info("sockname"))
    await protocol.received.wait()
    transport.close()


async def test_mistake() -> None:
    await send_to(Mistaken())


async def test_fixed() -> None:
    await send_to(Fixed())


# mistake: exception_in_a_done_callback

"""What a task calls when it is done raises."""

import asyncio


def report(task: asyncio.Task[int]) -> None:
    print(task.get_name() + task.result())  # type: ignore[operator]  # HERE


def reported(task: asyncio.Task[int]) -> None:
    print(task.get_name() + str(task.result()))


async def test_mistake() -> None:
    task = asyncio.create_task(asyncio.sleep(0, 1))
    task.add_done_callback(report)
    await task


async def test_fixed() -> None:
    task = asyncio.create_task(asyncio.sleep(0, 1))
    task.add_done_callback(reported)
    await task


# mistake: exception_in_a_protocol

"""A server's protocol raises when data arrives, and the connection just ends."""

import asyncio


class Mistaken(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        int(data)  # HERE


class Fixed(Mistaken):
    def data_received(self, data: bytes) -> None:
        self.transport.close()


async def talk(protocol: type[asyncio.Protocol]) -> bytes:
    loop = asyncio.get_running_loop()
    async with await loop.create_server(protocol, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"no number")
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer


async def test_mistake() -> None:
    assert await talk(Mistaken) == b""


async def test_fixed() -> None:
    assert await talk(Fixed) == b""


# mistake: exception_in_a_thread

"""A thread ends with an exception, and the test goes on."""

import asyncio
import threading

import pytest


def work() -> None:
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    thread = threading.Thread(target=work)
    thread.start()
    await asyncio.to_thread(thread.join)


async def test_fixed() -> None:
    with pytest.raises(ValueError, match="no"):
        await asyncio.to_thread(work)


# mistake: exception_in_an_add_reader_callback

"""What the loop calls when a socket can be read raises."""

import asyncio
import socket


def read(source: socket.socket, called: asyncio.Event) -> None:
    called.set()
    int(source.recv(100))  # HERE


def skip(source: socket.socket, called: asyncio.Event) -> None:
    called.set()
    source.recv(100)


async def test_mistake() -> None:
    called, (ours, theirs) = asyncio.Event(), socket.socketpair()
    with ours, theirs:
        asyncio.get_running_loop().add_reader(ours, read, ours, called)
        theirs.send(b"no number")
        await called.wait()
        asyncio.get_running_loop().remove_reader(ours)


async def test_fixed() -> None:
    called, (ours, theirs) = asyncio.Event(), socket.socketpair()
    with ours, theirs:
        asyncio.get_running_loop().add_reader(ours, skip, ours, called)
        theirs.send(b"no number")
        await called.wait()
        asyncio.get_running_loop().remove_reader(ours)


# mistake: exception_in_an_async_generator_s_clean_up

"""The clean-up of a generator that is left early raises, out of sight."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest


async def numbers() -> AsyncGenerator[int, None]:
    try:
        yield 1
    finally:
        raise ValueError("no")  # HERE


async def test_mistake() -> None:
    async for number in numbers():
        assert number == 1
        break


async def test_fixed() -> None:
    with pytest.raises(ValueError, match="no"):
        async with aclosing(numbers()) as opened:
            assert await anext(opened) == 1


# mistake: exception_in_an_executor_job_not_awaited

"""A job in a worker thread fails, and its future is not awaited."""

import asyncio

import pytest


def work() -> None:
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    loop = asyncio.get_running_loop()
    future = loop.run_in_executor(None, work)
    await asyncio.wait([future])


async def test_fixed() -> None:
    loop = asyncio.get_running_loop()
    with pytest.raises(ValueError, match="no"):
        await loop.run_in_executor(None, work)


# mistake: exception_in_call_later

"""A callback raises when its time comes."""

import asyncio
from collections.abc import Callable


def later(called: asyncio.Event, callback: Callable[[], object]) -> None:
    called.set()
    callback()


async def test_mistake() -> None:
    called = asyncio.Event()
    numbers: list[int] = []
    asyncio.get_running_loop().call_later(0, later, called, lambda: numbers[0])  # HERE
    await called.wait()


async def test_fixed() -> None:
    called = asyncio.Event()
    numbers: list[int] = [1]
    asyncio.get_running_loop().call_later(0, later, called, lambda: numbers[0])
    await called.wait()


# mistake: exception_in_call_soon

"""A callback raises, and there is no caller to tell."""

import asyncio

import pytest


def callback(future: asyncio.Future[None]) -> None:
    raise ValueError("no")  # HERE


def careful(future: asyncio.Future[None]) -> None:
    future.set_exception(ValueError("no"))


async def test_mistake() -> None:
    loop = asyncio.get_running_loop()
    loop.call_soon(callback, loop.create_future())
    await asyncio.sleep(0)


async def test_fixed() -> None:
    future = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_soon(careful, future)
    with pytest.raises(ValueError, match="no"):
        await future


# mistake: exception_of_a_task_in_a_test_case

"""A test of unittest's, on a loop of its own, loses what a task fails with."""

import asyncio
from unittest import IsolatedAsyncioTestCase

import pytest


async def failing() -> None:
    raise LookupError("lost")  # HERE


class TestCase(IsolatedAsyncioTestCase):
    async def test_mistake(self) -> None:
        asyncio.create_task(failing())  # noqa: RUF006
        await asyncio.sleep(0)

    async def test_fixed(self) -> None:
        with pytest.raises(LookupError, match="lost"):
            await asyncio.create_task(failing())


# mistake: exception_of_a_task_in_a_thread_s_loop

"""A loop in a thread has a task that fails, and that nothing awaits."""

import asyncio


async def failing() -> None:
    raise LookupError("lost")  # HERE


async def main() -> None:
    asyncio.create_task(failing())  # noqa: RUF006
    await asyncio.sleep(0)


async def test_mistake() -> None:
    await asyncio.to_thread(asyncio.run, main())


async def test_fixed() -> None:
    async def fixed() -> None:
        await asyncio.gather(failing(), return_exceptions=True)

    await asyncio.to_thread(asyncio.run, fixed())


# mistake: exception_of_a_task_in_asyncio_run

"""A sync test runs a loop of its own, where a task fails that nothing awaits."""

import asyncio


async def failing() -> None:
    raise LookupError("lost")  # HERE


async def mistaken() -> None:
    asyncio.create_task(failing())  # noqa: RUF006
    await asyncio.sleep(0)


async def fixed() -> None:
    try:
        await asyncio.create_task(failing())
    except LookupError:
        return


# tests
import asyncio

from my_project.exception_of_a_task_in_asyncio_run import fixed, mistaken


def test_mistake() -> None:
    asyncio.run(mistaken())


def test_fixed() -> None:
    asyncio.run(fixed())


# mistake: exception_of_a_task_not_awaited

"""A task fails, and nothing asks for its result."""

import asyncio

import pytest


async def fail() -> None:
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    assert task.done()


async def test_fixed() -> None:
    task = asyncio.create_task(fail())
    with pytest.raises(ValueError, match="no"):
        await task


# mistake: exception_of_a_task_of_a_fixture

"""A task that a fixture starts fails while the test runs."""

import asyncio
from collections.abc import AsyncIterator

import pytest


async def fail() -> None:
    raise ValueError("no")  # HERE


@pytest.fixture
async def mistaken() -> asyncio.Task[None]:
    return asyncio.create_task(fail())


@pytest.fixture
async def fixed() -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(fail())
    yield task
    with pytest.raises(ValueError, match="no"):
        await task


async def test_mistake(mistaken: asyncio.Task[None]) -> None:
    await asyncio.sleep(0)
    assert mistaken.done()


async def test_fixed(fixed: asyncio.Task[None]) -> None:
    await asyncio.sleep(0)
    assert fixed.done()


# mistake: exception_of_a_task_of_a_module_scoped_fixture

"""A fixture that tests share starts what fails, and never asks for its exception."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def fail(failed: asyncio.Event) -> None:
    failed.set()
    raise ValueError("mistaken")  # HERE


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def mistaken() -> AsyncIterator[asyncio.Event]:
    failed = asyncio.Event()
    task = asyncio.create_task(fail(failed))
    yield failed
    assert task.done()


async def test_fixed_by_the_fixture_alone(mistaken: asyncio.Event) -> None:
    await mistaken.wait()


async def test_mistake(mistaken: asyncio.Event) -> None:
    assert mistaken.is_set()


# mistake: exception_of_a_task_of_the_package

"""A task that the package starts fails, and the package does not look."""

import asyncio


async def fail() -> None:
    raise ValueError("no")  # HERE


async def mistaken() -> None:
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)
    assert task.done()


async def fixed() -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(fail())


# tests
import pytest
from my_project.exception_of_a_task_of_the_package import fixed, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_fixed() -> None:
    with pytest.raises(ExceptionGroup):
        await fixed()


# mistake: exception_of_a_task_only_waited_for

"""`asyncio.wait` waits for a task that fails, but does not raise what it raised."""

import asyncio

import pytest


async def fail() -> None:
    await asyncio.sleep(0)
    raise ValueError("no")  # HERE


async def test_mistake() -> None:
    done, _ = await asyncio.wait([asyncio.create_task(fail())])
    assert len(done) == 1


async def test_fixed() -> None:
    done, _ = await asyncio.wait([asyncio.create_task(fail())])
    with pytest.raises(ValueError, match="no"):
        done.pop().result()


# mistake: exception_passed_to_a_future_that_nobody_reads

"""An exception is caught, passed to a future, and lost with it."""

import asyncio

import pytest


def parse(text: str) -> asyncio.Future[int]:
    future = asyncio.get_running_loop().create_future()
    try:
        future.set_result(int(text))  # HERE
    except ValueError as error:
        future.set_exception(error)
    return future


async def test_mistake() -> None:
    assert parse("no number").done()


async def test_fixed() -> None:
    with pytest.raises(ValueError, match="no number"):
        await parse("no number")


# mistake: exception_set_on_a_future_that_nobody_reads

"""A future gets an exception, and nothing awaits the future."""

import asyncio

import pytest


async def test_mistake() -> None:  # HERE
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("no"))


async def test_fixed() -> None:
    future = asyncio.get_running_loop().create_future()
    future.set_exception(ValueError("no"))
    with pytest.raises(ValueError, match="no"):
        await future


# mistake: warning_in_a_finalizer

"""An object warns when it is dropped."""

import warnings


class Connection:
    closed = False

    def __del__(self) -> None:
        if not self.closed:
            warnings.warn("not closed", RuntimeWarning, stacklevel=2)  # HERE


def test_mistake() -> None:
    Connection()


def test_fixed() -> None:
    Connection().closed = True
