"""One loop for the module, another for a class."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from my_project.well_behaved import Worker

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def loop_of_module() -> asyncio.AbstractEventLoop:
    """Return the loop that the fixtures of the module run on."""
    return asyncio.get_running_loop()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[Worker]:
    """Run a worker for the tests of the module."""
    async with Worker() as worker:
        yield worker


@pytest_asyncio.fixture(scope="class", loop_scope="module")
async def worker_of_class() -> AsyncIterator[Worker]:
    """Run a worker for the tests of a class, on a loop that outlives it."""
    async with Worker() as worker:
        yield worker


@pytest_asyncio.fixture(loop_scope="module")
async def worker_of_test() -> AsyncIterator[Worker]:
    """Run a worker for one test, on a loop that outlives it."""
    async with Worker() as worker:
        yield worker


async def test_the_loop_is_shared(loop_of_module: asyncio.AbstractEventLoop) -> None:
    """The fixture and the test run on the same loop."""
    assert asyncio.get_running_loop() is loop_of_module


@pytest.mark.parametrize("number", range(2))
async def test_a_worker_for_the_module(worker: Worker, number: int) -> None:
    """The worker goes on between the tests."""
    worker.queue.put_nowait(number)
    await worker.queue.join()
    assert worker.seen[-1] == number


@pytest.mark.parametrize("number", range(2))
async def test_a_worker_for_each_test(worker_of_test: Worker, number: int) -> None:
    """The worker ends with its test."""
    worker_of_test.queue.put_nowait(number)
    await worker_of_test.queue.join()
    assert worker_of_test.seen == [number]


class TestClass:
    """Two tests that share a worker."""

    async def test_first(self, worker_of_class: Worker) -> None:
        """The first test leaves the worker to the second."""
        worker_of_class.queue.put_nowait(1)
        await worker_of_class.queue.join()

    async def test_second(self, worker_of_class: Worker) -> None:
        """The second test finds it running."""
        worker_of_class.queue.put_nowait(2)
        await worker_of_class.queue.join()


class Lazy:
    """Starts a worker when it is first needed."""

    worker: Worker | None = None

    async def put(self, number: int) -> None:
        """Have the worker take a number."""
        if self.worker is None:
            self.worker = await Worker().__aenter__()
        self.worker.queue.put_nowait(number)
        await self.worker.queue.join()

    async def close(self) -> None:
        """End the worker, if there is one."""
        if self.worker is not None:
            await self.worker.__aexit__()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lazy() -> AsyncIterator[Lazy]:
    """Share a worker that one of the tests starts."""
    lazy = Lazy()
    yield lazy
    await lazy.close()


@pytest.mark.parametrize("number", range(2))
async def test_a_worker_that_starts_when_first_needed(lazy: Lazy, number: int) -> None:
    """The module's fixture ends what the package started while a test ran."""
    await lazy.put(number)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def failing() -> AsyncIterator[asyncio.Event]:
    """Start what fails while tests run, and ask it for its exception in the end."""
    failed = asyncio.Event()

    async def fail() -> None:
        failed.set()
        raise ValueError("expected")

    task = asyncio.create_task(fail())
    yield failed
    with pytest.raises(ValueError, match="expected"):
        await task


@pytest.mark.parametrize("_number", range(2))
async def test_what_fails_meanwhile_is_the_fixture_s(
    failing: asyncio.Event, _number: int
) -> None:
    """It is asked for its exception after the last of the tests."""
    await failing.wait()
