"""A sync test beside async tests, with a fixture for both."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from my_project.well_behaved import fetch


@pytest.fixture
async def number() -> AsyncIterator[int]:
    """Fetch a number before a test of either kind."""
    yield await fetch(1)
    await fetch(2)


@pytest.fixture(scope="session")
def open_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Hold a file open for the session."""
    path = tmp_path_factory.mktemp("held") / "file"
    with path.open("w"):
        yield path


def test_a_sync_test_with_an_async_fixture(number: int) -> None:
    """The fixture runs on the loop, and the test does not."""
    assert number == 1


async def test_an_async_test_with_the_same_fixture(number: int) -> None:
    """The fixture and the test run on one loop."""
    assert await fetch(number) == 1


async def test_an_async_test_with_an_open_file(open_file: Path) -> None:
    """The session holds the file."""
    assert open_file.exists()  # noqa: ASYNC240 - a test may.


def test_a_sync_test_with_an_open_file(open_file: Path) -> None:
    """The session still holds the file."""
    assert open_file.exists()
