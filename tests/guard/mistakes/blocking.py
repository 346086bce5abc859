"""Mistakes that the check `blocking` finds: each begins at its name."""

# mistake: address_looked_up_in_the_event_loop

"""The package looks up the name of an address in the event loop."""

import asyncio
import socket


async def mistaken(address: str) -> str:
    return socket.getnameinfo((address, 80), socket.NI_NUMERICHOST)[0]  # HERE


async def mended(address: str) -> str:
    loop = asyncio.get_running_loop()
    host, _ = await loop.getnameinfo((address, 80), socket.NI_NUMERICHOST)
    return host


# tests
from my_project.address_looked_up_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken("127.0.0.1") == "127.0.0.1"


async def test_mended() -> None:
    assert await mended("127.0.0.1") == "127.0.0.1"


# mistake: blocking_socket_given_to_the_loop

"""The package gives the event loop a socket that blocks."""

import asyncio
import socket


async def mistaken(sock: socket.socket) -> None:
    await asyncio.get_running_loop().sock_sendall(sock, b"x")  # HERE


async def mended(sock: socket.socket) -> None:
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_sendall(sock, b"x")


# tests
import socket

from my_project.blocking_socket_given_to_the_loop import mended, mistaken


async def test_mistake() -> None:
    one, other = socket.socketpair()
    with one, other:
        await mistaken(one)
        assert other.recv(1) == b"x"


async def test_mended() -> None:
    one, other = socket.socketpair()
    with one, other:
        await mended(one)
        assert other.recv(1) == b"x"


# mistake: computing_in_c_in_the_event_loop

"""One call of the package computes for a second and more, without a Python line."""

import asyncio
import hashlib

KEY = b"key"


def stretched(rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", KEY, KEY, rounds)  # HERE


async def mistaken(rounds: int) -> bytes:
    return stretched(rounds)


async def mended(rounds: int) -> bytes:
    return await asyncio.to_thread(stretched, rounds)


# tests
from my_project.computing_in_c_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken(2_000_000)


async def test_mended() -> None:
    assert await mended(2_000_000)


# mistake: computing_in_the_event_loop

"""The package computes for a second and more, and nothing else runs."""

import asyncio
import time


def computed(seconds: float) -> int:
    until = time.thread_time() + seconds
    return sum(1 for _ in iter(lambda: time.thread_time() < until, False))  # HERE


async def mistaken(seconds: float) -> int:
    return computed(seconds)


async def mended(seconds: float) -> int:
    return await asyncio.to_thread(computed, seconds)


# tests
from my_project.computing_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken(1.5)


async def test_mended() -> None:
    assert await mended(1.5)


# mistake: executor_shut_down_in_the_event_loop

"""Leaving a pool of threads waits for its jobs, in the event loop."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def work() -> None:
    time.sleep(0.1)


async def mistaken() -> None:
    with ThreadPoolExecutor() as executor:  # HERE
        executor.submit(work)


async def mended() -> None:
    await asyncio.to_thread(work)


# tests
from my_project.executor_shut_down_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()


# mistake: file_copied_in_the_event_loop

"""The package copies a file in the event loop."""

import asyncio
import shutil
from pathlib import Path


async def mistaken(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)  # HERE


async def mended(source: Path, target: Path) -> None:
    await asyncio.to_thread(shutil.copyfile, source, target)


# tests
from pathlib import Path

from my_project.file_copied_in_the_event_loop import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    await mistaken(tmp_path / "user", tmp_path / "copy")


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    await mended(tmp_path / "user", tmp_path / "copy")


# mistake: file_locked_in_the_event_loop

"""The package waits for the lock of a file, which another process may hold."""

import asyncio
import fcntl
from io import FileIO


async def mistaken(file: FileIO) -> None:
    fcntl.flock(file, fcntl.LOCK_EX)  # HERE
    fcntl.flock(file, fcntl.LOCK_UN)


async def mended(file: FileIO) -> None:
    await asyncio.to_thread(fcntl.flock, file, fcntl.LOCK_EX)
    fcntl.flock(file, fcntl.LOCK_UN)


# tests
from io import FileIO
from pathlib import Path

from my_project.file_locked_in_the_event_loop import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    with FileIO(tmp_path / "lock", "w") as file:
        await mistaken(file)


async def test_mended(tmp_path: Path) -> None:
    with FileIO(tmp_path / "lock", "w") as file:
        await mended(file)


# mistake: file_read_in_the_event_loop

"""The package opens and reads a file in the event loop."""

import asyncio
from pathlib import Path


def read(path: Path) -> str:
    with open(path) as file:  # noqa: PTH123
        return file.read()  # HERE


async def mistaken(path: Path) -> str:
    return read(path)


async def mended(path: Path) -> str:
    return await asyncio.to_thread(read, path)


# tests
from pathlib import Path

from my_project.file_read_in_the_event_loop import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mistaken(tmp_path / "user") == "1"


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mended(tmp_path / "user") == "1"


# mistake: file_read_line_by_line

"""The package loops over the lines of a file in the event loop."""

import asyncio
from pathlib import Path


def names(path: Path) -> list[str]:
    with path.open() as file:  # HERE
        return [line.strip() for line in file]


async def mistaken(path: Path) -> list[str]:
    return names(path)


async def mended(path: Path) -> list[str]:
    return await asyncio.to_thread(names, path)


# tests
from pathlib import Path

from my_project.file_read_line_by_line import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mistaken(tmp_path / "users") == ["Ada", "Alan"]


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mended(tmp_path / "users") == ["Ada", "Alan"]


# mistake: folder_listed_with_scandir

"""The package lists a folder in the event loop."""

import asyncio
import os
from pathlib import Path


def names(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return [entry.name for entry in entries]  # HERE


async def mistaken(folder: Path) -> list[str]:
    return names(folder)


async def mended(folder: Path) -> list[str]:
    return await asyncio.to_thread(names, folder)


# tests
from pathlib import Path

from my_project.folder_listed_with_scandir import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert await mistaken(tmp_path) == ["user"]


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert await mended(tmp_path) == ["user"]


# mistake: lines_read_from_a_file_of_a_thread

"""A thread opens a file, but the package reads its lines in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> list[str]:
    with await asyncio.to_thread(path.open) as file:
        return [line.strip() for line in file]  # HERE


async def mended(path: Path) -> list[str]:
    with await asyncio.to_thread(path.open) as file:
        return [line.strip() for line in await asyncio.to_thread(file.readlines)]


# tests
from pathlib import Path

from my_project.lines_read_from_a_file_of_a_thread import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mistaken(tmp_path / "users") == ["Ada", "Alan"]


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mended(tmp_path / "users") == ["Ada", "Alan"]


# mistake: lock_acquired_in_the_event_loop

"""The package acquires a thread's lock that is taken."""

import asyncio
import threading


async def mistaken(lock: threading.Lock) -> None:
    lock.acquire()  # HERE
    lock.release()


async def mended(lock: threading.Lock) -> None:
    await asyncio.to_thread(lock.acquire)
    lock.release()


# tests
import threading

from my_project.lock_acquired_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    lock = threading.Lock()
    timer = threading.Timer(0.1, lock.release)
    lock.acquire()
    timer.start()
    await mistaken(lock)
    timer.join()


async def test_mended() -> None:
    lock = threading.Lock()
    timer = threading.Timer(0.1, lock.release)
    lock.acquire()
    timer.start()
    await mended(lock)
    timer.join()


# mistake: lock_entered_in_the_event_loop

"""The package enters a `with` of a thread's lock that is taken."""

import asyncio
import threading


async def mistaken(lock: threading.Lock) -> None:
    with lock:  # HERE
        pass


async def mended(lock: threading.Lock) -> None:
    await asyncio.to_thread(lock.acquire)
    lock.release()


# tests
import threading

from my_project.lock_entered_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    lock = threading.Lock()
    timer = threading.Timer(1, lock.release)
    lock.acquire()
    timer.start()
    await mistaken(lock)
    timer.join()


async def test_mended() -> None:
    lock = threading.Lock()
    timer = threading.Timer(1, lock.release)
    lock.acquire()
    timer.start()
    await mended(lock)
    timer.join()


# mistake: log_handler_that_blocks

"""A log handler of the package sends each record, and the event loop waits."""

import asyncio
import logging
import time


class Sending(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        time.sleep(0.01)  # Stands for a request.  # HERE


async def mistaken(logger: logging.Logger) -> None:
    logger.warning("careful")


async def mended(logger: logging.Logger) -> None:
    await asyncio.to_thread(logger.warning, "careful")


# tests
import logging
from collections.abc import Iterator

import pytest
from my_project.log_handler_that_blocks import Sending, mended, mistaken


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    handler = Sending()
    logger = logging.getLogger("sending")
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


async def test_mistake(logger: logging.Logger) -> None:
    await mistaken(logger)


async def test_mended(logger: logging.Logger) -> None:
    await mended(logger)


# mistake: name_looked_up_in_the_event_loop

"""The package looks up a host's address in the event loop."""

import asyncio
import socket


async def mistaken() -> int:
    return len(socket.getaddrinfo("localhost", 80))  # HERE


async def mended() -> int:
    return len(await asyncio.get_running_loop().getaddrinfo("localhost", 80))


# tests
from my_project.name_looked_up_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken()


async def test_mended() -> None:
    assert await mended()


# mistake: path_exists

"""The package asks the disk for a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> bool:
    return path.exists()  # noqa: ASYNC240  # HERE


async def mended(path: Path) -> bool:
    return await asyncio.to_thread(path.exists)


# tests
from pathlib import Path

from my_project.path_exists import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path)


async def test_mended(tmp_path: Path) -> None:
    assert await mended(tmp_path)


# mistake: path_permissions_changed

"""The package changes the permissions of a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> None:
    path.chmod(0o600)  # noqa: ASYNC240  # HERE


async def mended(path: Path) -> None:
    await asyncio.to_thread(path.chmod, 0o600)


# tests
from pathlib import Path

from my_project.path_permissions_changed import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    await mistaken(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    await mended(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


# mistake: path_read_text

"""The package reads a file by its path in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> str:
    return path.read_text()  # noqa: ASYNC240  # HERE


async def mended(path: Path) -> str:
    return await asyncio.to_thread(path.read_text)


# tests
from pathlib import Path

from my_project.path_read_text import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mistaken(tmp_path / "user") == "1"


async def test_mended(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mended(tmp_path / "user") == "1"


# mistake: path_touched

"""The package makes a file, and says when it was changed, in the event loop."""

import asyncio
from pathlib import Path


def touch(path: Path) -> None:
    path.touch()  # HERE


async def mistaken(path: Path) -> None:
    touch(path)


async def mended(path: Path) -> None:
    await asyncio.to_thread(touch, path)


# tests
from pathlib import Path

from my_project.path_touched import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    await mistaken(tmp_path / "new")
    assert (tmp_path / "new").exists()


async def test_mended(tmp_path: Path) -> None:
    await mended(tmp_path / "new")
    assert (tmp_path / "new").exists()


# mistake: path_write_bytes

"""The package writes a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> int:
    return path.write_bytes(b"1")  # noqa: ASYNC240  # HERE


async def mended(path: Path) -> int:
    return await asyncio.to_thread(path.write_bytes, b"1")


# tests
from pathlib import Path

from my_project.path_write_bytes import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path / "user") == 1


async def test_mended(tmp_path: Path) -> None:
    assert await mended(tmp_path / "user") == 1


# mistake: queue_of_processes_waited_for

"""The package waits for a queue of another process in the event loop."""

import asyncio
from multiprocessing.queues import Queue


async def mistaken(numbers: "Queue[int]") -> int:
    return numbers.get()  # HERE


async def mended(numbers: "Queue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import multiprocessing
from collections.abc import Iterator
from multiprocessing.queues import Queue

import pytest
from my_project.queue_of_processes_waited_for import mended, mistaken


@pytest.fixture
def numbers() -> "Iterator[Queue[int]]":
    numbers: Queue[int] = multiprocessing.Queue()
    numbers.put(1)
    yield numbers
    numbers.close()
    numbers.join_thread()


async def test_mistake(numbers: "Queue[int]") -> None:
    assert await mistaken(numbers) == 1


async def test_mended(numbers: "Queue[int]") -> None:
    assert await mended(numbers) == 1


# mistake: queue_of_threads_waited_for

"""The package waits for a queue of another thread in the event loop."""

import asyncio
import queue


async def mistaken(numbers: "queue.Queue[int]") -> int:
    return numbers.get()  # HERE


async def mended(numbers: "queue.Queue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import queue
import threading

from my_project.queue_of_threads_waited_for import mended, mistaken


async def test_mistake() -> None:
    numbers: queue.Queue[int] = queue.Queue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mistaken(numbers) == 1
    timer.join()


async def test_mended() -> None:
    numbers: queue.Queue[int] = queue.Queue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mended(numbers) == 1
    timer.join()


# mistake: result_of_an_executor_waited_for

"""The package gives a job to a thread, and waits for it in the event loop."""

import asyncio
import time
from concurrent.futures import Executor


def work() -> int:
    time.sleep(0.1)
    return 1


async def mistaken(executor: Executor) -> int:
    return executor.submit(work).result()  # HERE


async def mended(executor: Executor) -> int:
    return await asyncio.get_running_loop().run_in_executor(executor, work)


# tests
from concurrent.futures import ThreadPoolExecutor

from my_project.result_of_an_executor_waited_for import mended, mistaken


async def test_mistake() -> None:
    with ThreadPoolExecutor() as executor:
        assert await mistaken(executor) == 1


async def test_mended() -> None:
    with ThreadPoolExecutor() as executor:
        assert await mended(executor) == 1


# mistake: rlock_entered_in_the_event_loop

"""The package enters a `with` of a lock that another thread holds for a moment."""

import asyncio
import threading


def enter(lock: threading.RLock) -> None:
    with lock:  # HERE
        pass


async def mistaken(lock: threading.RLock) -> None:
    enter(lock)


async def mended(lock: threading.RLock) -> None:
    await asyncio.to_thread(enter, lock)


# tests
import asyncio
import threading
import time

from my_project.rlock_entered_in_the_event_loop import mended, mistaken


def hold(lock: threading.RLock, held: threading.Event) -> None:
    with lock:
        held.set()
        time.sleep(0.1)


async def test_mistake() -> None:
    lock, held = threading.RLock(), threading.Event()
    holding = asyncio.create_task(asyncio.to_thread(hold, lock, held))
    await asyncio.to_thread(held.wait)
    await mistaken(lock)
    await holding


async def test_mended() -> None:
    lock, held = threading.RLock(), threading.Event()
    holding = asyncio.create_task(asyncio.to_thread(hold, lock, held))
    await asyncio.to_thread(held.wait)
    await mended(lock)
    await holding


# mistake: signal_waited_for

"""The package waits for a signal in the event loop."""

import asyncio
import signal


async def mistaken() -> None:
    signal.sigtimedwait([signal.SIGUSR1], 0.01)  # HERE


async def mended() -> None:
    received = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, received.set)
    signal.raise_signal(signal.SIGUSR1)
    await received.wait()
    loop.remove_signal_handler(signal.SIGUSR1)


# tests
from my_project.signal_waited_for import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()


# mistake: simple_queue_waited_for

"""The package waits for a simple queue of another thread in the event loop."""

import asyncio
import queue


async def mistaken(numbers: "queue.SimpleQueue[int]") -> int:
    return numbers.get()  # HERE


async def mended(numbers: "queue.SimpleQueue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import queue
import threading

from my_project.simple_queue_waited_for import mended, mistaken


async def test_mistake() -> None:
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mistaken(numbers) == 1
    timer.join()


async def test_mended() -> None:
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mended(numbers) == 1
    timer.join()


# mistake: sleep_called_by_its_name

"""The package has imported a function that blocks by its name."""

import asyncio
from time import sleep


async def mistaken() -> None:
    sleep(0.01)  # noqa: ASYNC251  # HERE


async def mended() -> None:
    await asyncio.sleep(0.01)


# tests
from my_project.sleep_called_by_its_name import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()


# mistake: socket_connected_in_the_event_loop

"""The package connects a socket that blocks."""

import asyncio
import socket


async def mistaken(address: tuple[str, int]) -> None:
    with socket.create_connection(address):  # HERE
        pass


async def mended(address: tuple[str, int]) -> None:
    _, writer = await asyncio.open_connection(*address)
    writer.close()
    await writer.wait_closed()


# tests

import socket

from my_project.socket_connected_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await mistaken(listening.getsockname())


async def test_mended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await mended(listening.getsockname())


# mistake: socket_received_from_in_the_event_loop

"""The package receives from a socket that blocks."""

import asyncio
import socket


async def mistaken(source: socket.socket) -> bytes:
    return source.recv(1)  # HERE


async def mended(source: socket.socket) -> bytes:
    source.setblocking(False)
    return await asyncio.get_running_loop().sock_recv(source, 1)


# tests
import socket

from my_project.socket_received_from_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"x")
        assert await mistaken(ours) == b"x"


async def test_mended() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"x")
        assert await mended(ours) == b"x"


# mistake: sockets_waited_for_with_select

"""The package waits with `select` until there is something to read."""

import asyncio
import select
import socket


async def mistaken(sock: socket.socket) -> bytes:
    select.select([sock], [], [], 1)  # HERE
    return sock.recv(1)


async def mended(sock: socket.socket) -> bytes:
    return await asyncio.get_running_loop().sock_recv(sock, 1)


# tests
import socket

from my_project.sockets_waited_for_with_select import mended, mistaken


async def test_mistake() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        other.send(b"x")
        assert await mistaken(one) == b"x"


async def test_mended() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        other.send(b"x")
        assert await mended(one) == b"x"


# mistake: sqlite_database_opened_in_the_event_loop

"""The package opens an SQLite database in the event loop."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path


def changes(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:  # HERE
        return connection.total_changes


async def mistaken(path: Path) -> int:
    return changes(path)


async def mended(path: Path) -> int:
    return await asyncio.to_thread(changes, path)


# tests
from pathlib import Path

from my_project.sqlite_database_opened_in_the_event_loop import mended, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path / "new.db") == 0


async def test_mended(tmp_path: Path) -> None:
    assert await mended(tmp_path / "new.db") == 0


# mistake: sqlite_query_in_the_event_loop

"""The package asks an SQLite database in the event loop."""

import asyncio
import sqlite3
from contextlib import closing


def count() -> int:
    with closing(sqlite3.connect(":memory:")) as connection:
        return int(connection.execute("SELECT 2").fetchone()[0])  # HERE


async def mistaken() -> int:
    return count()


async def mended() -> int:
    return await asyncio.to_thread(count)


# tests
from my_project.sqlite_query_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 2


async def test_mended() -> None:
    assert await mended() == 2


# mistake: subprocess_run_in_the_event_loop

"""The package runs a process, and the event loop waits for its end."""

import asyncio
import subprocess
import sys


async def mistaken() -> int:
    return subprocess.run([sys.executable, "-c", ""], check=True).returncode  # noqa: ASYNC221  # HERE


async def mended() -> int:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    return await process.wait()


# tests
from my_project.subprocess_run_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 0


async def test_mended() -> None:
    assert await mended() == 0


# mistake: thread_joined_in_the_event_loop

"""The package waits for the end of a thread in the event loop."""

import asyncio
import threading


async def mistaken(thread: threading.Thread) -> None:
    thread.join()  # HERE


async def mended(thread: threading.Thread) -> None:
    await asyncio.to_thread(thread.join)


# tests
import threading

from my_project.thread_joined_in_the_event_loop import mended, mistaken


async def test_mistake() -> None:
    timer = threading.Timer(0.1, print)
    timer.start()
    await mistaken(timer)


async def test_mended() -> None:
    timer = threading.Timer(0.1, print)
    timer.start()
    await mended(timer)


# mistake: thread_s_lock_held_over_an_await

"""The package takes a thread's lock, and waits for something else while it has it."""

import asyncio
import threading


class Counter:
    def __init__(self) -> None:
        self.value = 0
        self._lock = threading.Lock()
        self._async_lock = asyncio.Lock()

    async def mistaken(self) -> None:
        with self._lock:  # HERE
            await self._increase()

    async def mended(self) -> None:
        async with self._async_lock:
            await self._increase()

    async def _increase(self) -> None:
        value = self.value
        await asyncio.sleep(0)
        with self._lock:
            self.value = value + 1


# tests
import asyncio

from my_project.thread_s_lock_held_over_an_await import Counter


async def test_mended() -> None:
    counter = Counter()
    await asyncio.gather(counter.mended(), counter.mended())
    assert counter.value == 2


# mistake: threading_event_waited_for

"""The package waits for an event of another thread in the event loop."""

import asyncio
import threading


async def mistaken(event: threading.Event) -> bool:
    return event.wait()  # HERE


async def mended(event: threading.Event) -> bool:
    return await asyncio.to_thread(event.wait)


# tests
import threading

from my_project.threading_event_waited_for import mended, mistaken


async def test_mistake() -> None:
    event = threading.Event()
    timer = threading.Timer(0.1, event.set)
    timer.start()
    assert await mistaken(event)
    timer.join()


async def test_mended() -> None:
    event = threading.Event()
    timer = threading.Timer(0.1, event.set)
    timer.start()
    assert await mended(event)
    timer.join()


# mistake: time_sleep

"""The package sleeps, and the event loop with it."""

import asyncio
import time


async def mistaken() -> None:
    time.sleep(0.01)  # noqa: ASYNC251  # HERE


async def mended() -> None:
    await asyncio.sleep(0.01)


# tests
from my_project.time_sleep import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()


# mistake: time_sleep_in_a_callback

"""A callback of the package sleeps, and the event loop with it."""

import asyncio
import time


async def mistaken() -> None:
    loop = asyncio.get_running_loop()
    called = asyncio.Event()
    loop.call_soon(lambda: (time.sleep(0.01), called.set()))  # HERE
    await called.wait()


async def mended() -> None:
    loop = asyncio.get_running_loop()
    called = asyncio.Event()
    loop.call_later(0.01, called.set)
    await called.wait()


# tests
from my_project.time_sleep_in_a_callback import mended, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_mended() -> None:
    await mended()


# mistake: time_sleep_in_an_async_generator

"""An async generator of the package sleeps between its values."""

import asyncio
import time
from collections.abc import AsyncGenerator


async def mistaken() -> AsyncGenerator[int, None]:
    for number in range(2):
        yield number
        time.sleep(0.01)  # noqa: ASYNC251  # HERE


async def mended() -> AsyncGenerator[int, None]:
    for number in range(2):
        yield number
        await asyncio.sleep(0.01)


# tests
from my_project.time_sleep_in_an_async_generator import mended, mistaken


async def test_mistake() -> None:
    assert [number async for number in mistaken()] == [0, 1]


async def test_mended() -> None:
    assert [number async for number in mended()] == [0, 1]


# mistake: time_sleep_two_calls_down

"""A helper of a helper sleeps, and an async function calls them."""

import asyncio
import time


def retry(times: int) -> int:
    for _ in range(times):
        back_off()
    return times


def back_off() -> None:
    time.sleep(0.01)  # HERE


async def mistaken() -> int:
    return retry(2)


async def mended() -> int:
    return await asyncio.to_thread(retry, 2)


# tests
from my_project.time_sleep_two_calls_down import mended, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 2


async def test_mended() -> None:
    assert await mended() == 2


# mistake: url_opened_in_the_event_loop

"""The package requests a page with a client that blocks."""

import asyncio
from http import HTTPStatus
from urllib.request import urlopen


def status(url: str) -> int:
    with urlopen(url) as response:  # HERE
        return HTTPStatus(response.status).value


async def mistaken(url: str) -> int:
    return status(url)


async def mended(url: str) -> int:
    return await asyncio.to_thread(status, url)


# tests
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from my_project.url_opened_in_the_event_loop import mended, mistaken


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(204)
        self.end_headers()


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


async def test_mistake(url: str) -> None:
    assert await mistaken(url) == 204


async def test_mended(url: str) -> None:
    assert await mended(url) == 204
