"""Classes of tests: with parameters, fixtures, and a loop of their own."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from my_project.well_behaved import Worker, fetch


@pytest_asyncio.fixture(scope="class", loop_scope="class")
async def worker() -> AsyncIterator[Worker]:
    """Run a worker for the tests of a class."""
    async with Worker() as worker:
        yield worker


@pytest.mark.asyncio(loop_scope="class")
class TestSharedLoop:
    """Tests that share a loop and a worker."""

    async def test_first(self, worker: Worker) -> None:
        """The worker goes on after this test."""
        worker.queue.put_nowait(1)
        await worker.queue.join()

    @pytest.mark.parametrize("number", [2, 3])
    async def test_next(self, worker: Worker, number: int) -> None:
        """The worker is still there."""
        worker.queue.put_nowait(number)
        await worker.queue.join()
        assert worker.seen[-1] == number


class TestOwnLoops:
    """Tests with a loop each."""

    @pytest.fixture
    async def number(self) -> AsyncIterator[int]:
        """Fetch a number before the test."""
        yield await fetch(1)
        await fetch(2)

    async def test_a_fixture_of_the_class(self, number: int) -> None:
        """The fixture is a method."""
        assert number == 1

    async def test_a_method_that_helps(self) -> None:
        """The test awaits a method of its class."""
        assert await self.help(3) == 3

    async def help(self, number: int) -> int:
        """Fetch a number for a test."""
        return await fetch(number)

    @staticmethod
    async def test_a_static_method() -> None:
        """A static method is a test as well."""
        assert await fetch(1) == 1


@pytest.fixture(params=[1, 2], ids=["one", "two"])
async def parameter(request: pytest.FixtureRequest) -> AsyncIterator[int]:
    """Fetch each parameter."""
    yield await fetch(int(request.param))
    await asyncio.sleep(0)


@pytest.mark.parametrize(("left", "right"), [(1, 2), (3, 4)])
async def test_parameters(parameter: int, left: int, right: int) -> None:
    """The parameters of fixtures and of tests are combined."""
    assert await fetch(parameter) + left < 2 + right + parameter


@pytest.fixture(autouse=True)
async def every_test() -> AsyncIterator[None]:
    """Surround every test of the module."""
    await asyncio.sleep(0)
    yield
    await asyncio.sleep(0)


@pytest.fixture
async def made_by_hand(request: pytest.FixtureRequest) -> int:
    """Close by a finalizer what is opened here."""
    request.addfinalizer(lambda: None)  # noqa: PT021 - a library may do so.
    return await fetch(5)


async def test_a_finalizer(made_by_hand: int) -> None:
    """A finalizer that is a plain function needs no loop."""
    assert made_by_hand == 5


@pytest.mark.usefixtures("made_by_hand")
async def test_a_fixture_by_name() -> None:
    """The fixture's value is not needed."""
    assert await fetch(1) == 1
