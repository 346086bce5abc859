"""What the guard observes is what it would be without it: each test passes either way."""

import asyncio
import copy
import gc
import inspect
import logging
import os
import pickle
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import traceback
import types
import warnings
import weakref
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path
from unittest import mock

import pytest

MISSING = "/no/such/file"
CALLS: list[Callable[[], object]] = [
    lambda: open(MISSING),  # noqa: PTH123, SIM115 - what is tested.
    lambda: os.stat(MISSING),  # noqa: PTH116
    lambda: os.listdir(MISSING),  # noqa: PTH208
    lambda: Path(MISSING).read_text("utf-8"),
    lambda: time.sleep(-1),
    lambda: socket.getaddrinfo("127.0.0.1", -1),
    lambda: socket.socket(12345),
    lambda: execute("nonsense"),
    lambda: sqlite3.connect(MISSING),
    lambda: subprocess.Popen([MISSING]),
    lambda: threading.Lock().release(),
    lambda: asyncio.run(fail()),
]
FUNCTIONS = [time.sleep, open, os.stat, os.listdir, os.path.islink, socket.getaddrinfo]


async def fail() -> None:
    raise ValueError


def execute(statement: str) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(statement)


def check(call: Callable[[], object]) -> None:
    """The error has neither a context nor a frame of the guard."""
    with pytest.raises(
        (OSError, ValueError, RuntimeError, OverflowError, sqlite3.Error)
    ) as caught:
        call()
    files = [
        frame.filename for frame in traceback.extract_tb(caught.value.__traceback__)
    ]
    assert [file for file in files if "async_guard" in file] == []
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("number", range(len(CALLS)))
def test_errors_in_a_sync_test(number: int) -> None:
    check(CALLS[number])


@pytest.mark.parametrize("number", range(len(CALLS) - 1))
async def test_errors_in_an_async_test(number: int) -> None:
    check(CALLS[number])


@pytest.mark.parametrize("number", range(len(CALLS)))
def test_errors_in_a_thread(number: int) -> None:
    failed: list[BaseException] = []

    def run() -> None:
        try:
            check(CALLS[number])
        except BaseException as error:  # noqa: BLE001 - the test fails with it.
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert failed == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_functions_are_pickled_compared_and_inspected(
    function: Callable[..., object],
) -> None:
    assert pickle.loads(pickle.dumps(function)) == function
    assert copy.deepcopy(function) is function
    assert hash(function) == hash(copy.copy(function))
    assert inspect.isroutine(function)
    assert function.__name__ in repr(function)
    assert inspect.unwrap(function) is function


def test_builtin_functions_do_not_become_methods() -> None:
    class Clock:
        sleep = time.sleep

    Clock().sleep(0)
    assert inspect.isbuiltin(Clock.sleep)
    assert inspect.signature(os.stat) == inspect.signature(copy.copy(os.stat))


@pytest.mark.parametrize("function", [time.sleep, open, os.stat, os.listdir])
def test_functions_are_builtin(function: Callable[..., object]) -> None:
    assert isinstance(function, types.BuiltinFunctionType)


def test_functions_can_be_mocked() -> None:
    with mock.patch("time.sleep", autospec=True) as sleep:
        time.sleep(3600)
    sleep.assert_called_once_with(3600)
    with mock.patch("threading.Thread.start", autospec=True) as start:
        threading.Thread(target=print).start()
    assert start.call_count == 1
    process = mock.create_autospec(subprocess.Popen, instance=True)
    process.wait(timeout=5)
    time.sleep(0)


async def test_functions_of_the_library_go_to_processes() -> None:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1) as pool:
        assert await loop.run_in_executor(pool, os.path.islink, os.curdir) is False


def test_the_text_of_a_warning() -> None:
    async def forgotten() -> None:
        pass

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        forgotten()
    (warning,) = caught
    name = forgotten.__qualname__
    assert str(warning.message) == f"coroutine '{name}' was never awaited"
    assert warning.filename == __file__


async def test_the_text_of_a_log(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.get_running_loop()
    assert loop.get_exception_handler() is None
    loop.set_exception_handler(
        lambda loop, context: loop.default_exception_handler(context)
    )
    with caplog.at_level(logging.ERROR, "asyncio"):
        loop.call_exception_handler(
            {"message": "of a library", "exception": ValueError("x")}
        )
    assert caplog.messages == ["of a library"]


async def test_what_is_scheduled_on_the_loop() -> None:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(0)
    if isinstance(loop, asyncio.BaseEventLoop):
        assert not loop._scheduled  # type: ignore[attr-defined]
        assert not loop._ready  # type: ignore[attr-defined]
    assert len(asyncio.all_tasks()) == 1


async def test_the_task_runs_the_test_s_own_coroutine() -> None:
    task = asyncio.current_task()
    assert task
    coroutine = task.get_coro()
    assert coroutine
    assert coroutine.__qualname__ == "test_the_task_runs_the_test_s_own_coroutine"


def test_no_thread_is_listed() -> None:
    assert [one.name for one in threading.enumerate() if "guard" in one.name] == []


def test_a_dropped_file_warns_at_once(tmp_path: Path) -> None:
    file = (tmp_path / "file").open("w")
    with pytest.warns(ResourceWarning):
        del file


async def test_objects_are_freed_at_once() -> None:
    one, other = socket.socketpair()
    reference = weakref.ref(one)
    one.close()
    other.close()
    del one
    assert reference() is None


def test_a_loop_is_freed() -> None:
    references: list[weakref.ref[asyncio.AbstractEventLoop]] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        references.append(weakref.ref(loop))
        loop.call_later(60, print).cancel()

    asyncio.run(main())
    gc.collect()
    assert references[0]() is None


class Node:
    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(scope="module")
def kept() -> list[Node]:
    return [Node()]


async def test_a_cycle_is_kept(kept: list[Node]) -> None:
    assert len(kept) <= 1


def test_a_test_collects_what_an_earlier_one_made(kept: list[Node]) -> None:
    if not kept:
        return  # In another order.
    reference = weakref.ref(kept.pop())
    gc.collect()
    assert reference() is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
def test_a_program_may_fork_twice() -> None:
    with warnings.catch_warnings():
        if "xdist" in sys.modules:
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # It has threads of its own.
        if (child := os.fork()) == 0:
            if (grandchild := os.fork()) == 0:
                os._exit(0)
            os.waitpid(grandchild, 0)
            os._exit(7)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_a_library_is_mocked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx2", mock.MagicMock())
    monkeypatch.setitem(sys.modules, "asyncpg", mock.MagicMock())
    assert sys.modules["httpx2"]
