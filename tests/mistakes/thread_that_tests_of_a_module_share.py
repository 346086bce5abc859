"""resources: several tests share a thread that nobody ends, and that nothing warns of."""

import threading
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="class")
def mended() -> Iterator[threading.Thread]:
    end = threading.Event()
    thread = threading.Thread(target=end.wait, daemon=True)
    thread.start()
    yield thread
    end.set()
    thread.join()


@pytest.fixture(scope="module")
def mistaken() -> threading.Thread:
    thread = threading.Thread(target=threading.Event().wait, daemon=True)
    thread.start()  # HERE
    return thread


class TestMended:
    async def test_mended(self, mended: threading.Thread) -> None:
        assert mended.is_alive()

    async def test_mended_again(self, mended: threading.Thread) -> None:
        assert mended.is_alive()


async def test_mended_so_far(mistaken: threading.Thread) -> None:
    assert mistaken.is_alive()


async def test_mistake(mistaken: threading.Thread) -> None:
    assert mistaken.is_alive()
