# mistake: address_looked_up_in_the_event_loop

"""The package looks up the name of an address in the event loop."""

import asyncio
import socket


async def mistaken(address: str) -> str:
    return socket.getnameinfo((address, 80), socket.NI_NUMERICHOST)[0]  # HERE


async def fixed(address: str) -> str:
    loop = asyncio.get_running_loop()
    host, _ = await loop.getnameinfo((address, 80), socket.NI_NUMERICHOST)
    return host


# tests
from my_project.address_looked_up_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken("127.0.0.1") == "127.0.0.1"


async def test_fixed() -> None:
    assert await fixed("127.0.0.1") == "127.0.0.1"


# mistake: blocking_socket_given_to_the_loop

"""The package gives the event loop a socket that blocks."""

import asyncio
import socket


async def mistaken(sock: socket.socket) -> None:
    await asyncio.get_running_loop().sock_sendall(sock, b"x")  # HERE


async def fixed(sock: socket.socket) -> None:
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_sendall(sock, b"x")


# tests
import socket

from my_project.blocking_socket_given_to_the_loop import fixed, mistaken


async def test_mistake() -> None:
    one, other = socket.socketpair()
    with one, other:
        await mistaken(one)
        assert other.recv(1) == b"x"


async def test_fixed() -> None:
    one, other = socket.socketpair()
    with one, other:
        await fixed(one)
        assert other.recv(1) == b"x"


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


async def fixed() -> None:
    await asyncio.to_thread(work)


# tests
from my_project.executor_shut_down_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_fixed() -> None:
    await fixed()


# mistake: file_copied_in_the_event_loop

"""The package copies a file in the event loop."""

import asyncio
import shutil
from pathlib import Path


async def mistaken(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)  # HERE


async def fixed(source: Path, target: Path) -> None:
    await asyncio.to_thread(shutil.copyfile, source, target)


# tests
from pathlib import Path

from my_project.file_copied_in_the_event_loop import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    await mistaken(tmp_path / "user", tmp_path / "copy")


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    await fixed(tmp_path / "user", tmp_path / "copy")


# mistake: file_read_in_the_event_loop

"""The package opens and reads a file in the event loop."""

import asyncio
from pathlib import Path


def read(path: Path) -> str:
    with open(path) as file:  # noqa: PTH123
        return file.read()  # HERE


async def mistaken(path: Path) -> str:
    return read(path)


async def fixed(path: Path) -> str:
    return await asyncio.to_thread(read, path)


# tests
from pathlib import Path

from my_project.file_read_in_the_event_loop import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mistaken(tmp_path / "user") == "1"


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await fixed(tmp_path / "user") == "1"


# mistake: file_read_line_by_line

"""The package loops over the lines of a file in the event loop."""

import asyncio
from pathlib import Path


def names(path: Path) -> list[str]:
    with path.open() as file:  # HERE
        return [line.strip() for line in file]


async def mistaken(path: Path) -> list[str]:
    return names(path)


async def fixed(path: Path) -> list[str]:
    return await asyncio.to_thread(names, path)


# tests
from pathlib import Path

from my_project.file_read_line_by_line import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await mistaken(tmp_path / "users") == ["Ada", "Alan"]


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "users").write_text("Ada\nAlan\n")
    assert await fixed(tmp_path / "users") == ["Ada", "Alan"]


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


async def fixed(folder: Path) -> list[str]:
    return await asyncio.to_thread(names, folder)


# tests
from pathlib import Path

from my_project.folder_listed_with_scandir import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert await mistaken(tmp_path) == ["user"]


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "user").touch()
    assert await fixed(tmp_path) == ["user"]


# mistake: lock_acquired_in_the_event_loop

"""The package acquires a thread's lock that is taken."""

import asyncio
import threading


async def mistaken(lock: threading.Lock) -> None:
    lock.acquire()  # HERE
    lock.release()


async def fixed(lock: threading.Lock) -> None:
    await asyncio.to_thread(lock.acquire)
    lock.release()


# tests
import threading

from my_project.lock_acquired_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    lock = threading.Lock()
    timer = threading.Timer(0.1, lock.release)
    lock.acquire()
    timer.start()
    await mistaken(lock)
    timer.join()


async def test_fixed() -> None:
    lock = threading.Lock()
    timer = threading.Timer(0.1, lock.release)
    lock.acquire()
    timer.start()
    await fixed(lock)
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


async def fixed(logger: logging.Logger) -> None:
    await asyncio.to_thread(logger.warning, "careful")


# tests
import logging
from collections.abc import Iterator

import pytest
from my_project.log_handler_that_blocks import Sending, fixed, mistaken


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    handler = Sending()
    logger = logging.getLogger("sending")
    logger.addHandler(handler)
    yield logger
    logger.removeHandler(handler)


async def test_mistake(logger: logging.Logger) -> None:
    await mistaken(logger)


async def test_fixed(logger: logging.Logger) -> None:
    await fixed(logger)


# mistake: name_looked_up_in_the_event_loop

"""The package looks up a host's address in the event loop."""

import asyncio
import socket


async def mistaken() -> int:
    return len(socket.getaddrinfo("localhost", 80))  # HERE


async def fixed() -> int:
    return len(await asyncio.get_running_loop().getaddrinfo("localhost", 80))


# tests
from my_project.name_looked_up_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken()


async def test_fixed() -> None:
    assert await fixed()


# mistake: path_exists

"""The package asks the disk for a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> bool:
    return path.exists()  # noqa: ASYNC240  # HERE


async def fixed(path: Path) -> bool:
    return await asyncio.to_thread(path.exists)


# tests
from pathlib import Path

from my_project.path_exists import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path)


async def test_fixed(tmp_path: Path) -> None:
    assert await fixed(tmp_path)


# mistake: path_permissions_changed

"""The package changes the permissions of a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> None:
    path.chmod(0o600)  # noqa: ASYNC240  # HERE


async def fixed(path: Path) -> None:
    await asyncio.to_thread(path.chmod, 0o600)


# tests
from pathlib import Path

from my_project.path_permissions_changed import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    await mistaken(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("secret")
    await fixed(tmp_path / "key")
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


# mistake: path_read_text

"""The package reads a file by its path in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> str:
    return path.read_text()  # noqa: ASYNC240  # HERE


async def fixed(path: Path) -> str:
    return await asyncio.to_thread(path.read_text)


# tests
from pathlib import Path

from my_project.path_read_text import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await mistaken(tmp_path / "user") == "1"


async def test_fixed(tmp_path: Path) -> None:
    (tmp_path / "user").write_text("1")
    assert await fixed(tmp_path / "user") == "1"


# mistake: path_touched

"""The package makes a file, and says when it was changed, in the event loop."""

import asyncio
from pathlib import Path


def touch(path: Path) -> None:
    path.touch()  # HERE


async def mistaken(path: Path) -> None:
    touch(path)


async def fixed(path: Path) -> None:
    await asyncio.to_thread(touch, path)


# tests
from pathlib import Path

from my_project.path_touched import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    await mistaken(tmp_path / "new")
    assert (tmp_path / "new").exists()


async def test_fixed(tmp_path: Path) -> None:
    await fixed(tmp_path / "new")
    assert (tmp_path / "new").exists()


# mistake: path_write_bytes

"""The package writes a file in the event loop."""

import asyncio
from pathlib import Path


async def mistaken(path: Path) -> int:
    return path.write_bytes(b"1")  # noqa: ASYNC240  # HERE


async def fixed(path: Path) -> int:
    return await asyncio.to_thread(path.write_bytes, b"1")


# tests
from pathlib import Path

from my_project.path_write_bytes import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path / "user") == 1


async def test_fixed(tmp_path: Path) -> None:
    assert await fixed(tmp_path / "user") == 1


# mistake: queue_of_threads_waited_for

"""The package waits for a queue of another thread in the event loop."""

import asyncio
import queue


async def mistaken(numbers: "queue.Queue[int]") -> int:
    return numbers.get()  # HERE


async def fixed(numbers: "queue.Queue[int]") -> int:
    return await asyncio.to_thread(numbers.get)


# tests
import queue
import threading

from my_project.queue_of_threads_waited_for import fixed, mistaken


async def test_mistake() -> None:
    numbers: queue.Queue[int] = queue.Queue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await mistaken(numbers) == 1
    timer.join()


async def test_fixed() -> None:
    numbers: queue.Queue[int] = queue.Queue()
    timer = threading.Timer(0.1, numbers.put, [1])
    timer.start()
    assert await fixed(numbers) == 1
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


async def fixed(executor: Executor) -> int:
    return await asyncio.get_running_loop().run_in_executor(executor, work)


# tests
from concurrent.futures import ThreadPoolExecutor

from my_project.result_of_an_executor_waited_for import fixed, mistaken


async def test_mistake() -> None:
    with ThreadPoolExecutor() as executor:
        assert await mistaken(executor) == 1


async def test_fixed() -> None:
    with ThreadPoolExecutor() as executor:
        assert await fixed(executor) == 1


# mistake: sleep_called_by_its_name

"""The package has imported a function that blocks by its name."""

import asyncio
from time import sleep


async def mistaken() -> None:
    sleep(0.01)  # noqa: ASYNC251  # HERE


async def fixed() -> None:
    await asyncio.sleep(0.01)


# tests
from my_project.sleep_called_by_its_name import fixed, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_fixed() -> None:
    await fixed()


# mistake: socket_connected_in_the_event_loop

"""The package connects a socket that blocks."""

import asyncio
import socket


async def mistaken(address: tuple[str, int]) -> None:
    with socket.create_connection(address):  # HERE
        pass


async def fixed(address: tuple[str, int]) -> None:
    _, writer = await asyncio.open_connection(*address)
    writer.close()
    await writer.wait_closed()


# tests

import socket

from my_project.socket_connected_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await mistaken(listening.getsockname())


async def test_fixed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        await fixed(listening.getsockname())


# mistake: socket_received_from_in_the_event_loop

"""The package receives from a socket that blocks."""

import asyncio
import socket


async def mistaken(source: socket.socket) -> bytes:
    return source.recv(1)  # HERE


async def fixed(source: socket.socket) -> bytes:
    source.setblocking(False)
    return await asyncio.get_running_loop().sock_recv(source, 1)


# tests
import socket

from my_project.socket_received_from_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"x")
        assert await mistaken(ours) == b"x"


async def test_fixed() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.send(b"x")
        assert await fixed(ours) == b"x"


# mistake: sockets_waited_for_with_select

"""The package waits with `select` until there is something to read."""

import asyncio
import select
import socket


async def mistaken(sock: socket.socket) -> bytes:
    select.select([sock], [], [], 1)  # HERE
    return sock.recv(1)


async def fixed(sock: socket.socket) -> bytes:
    return await asyncio.get_running_loop().sock_recv(sock, 1)


# tests
import socket

from my_project.sockets_waited_for_with_select import fixed, mistaken


async def test_mistake() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        other.send(b"x")
        assert await mistaken(one) == b"x"


async def test_fixed() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)
        other.send(b"x")
        assert await fixed(one) == b"x"


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


async def fixed(path: Path) -> int:
    return await asyncio.to_thread(changes, path)


# tests
from pathlib import Path

from my_project.sqlite_database_opened_in_the_event_loop import fixed, mistaken


async def test_mistake(tmp_path: Path) -> None:
    assert await mistaken(tmp_path / "new.db") == 0


async def test_fixed(tmp_path: Path) -> None:
    assert await fixed(tmp_path / "new.db") == 0


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


async def fixed() -> int:
    return await asyncio.to_thread(count)


# tests
from my_project.sqlite_query_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 2


async def test_fixed() -> None:
    assert await fixed() == 2


# mistake: subprocess_run_in_the_event_loop

"""The package runs a process, and the event loop waits for its end."""

import asyncio
import subprocess
import sys


async def mistaken() -> int:
    return subprocess.run([sys.executable, "-c", ""], check=True).returncode  # noqa: ASYNC221  # HERE


async def fixed() -> int:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
    return await process.wait()


# tests
from my_project.subprocess_run_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 0


async def test_fixed() -> None:
    assert await fixed() == 0


# mistake: thread_joined_in_the_event_loop

"""The package waits for the end of a thread in the event loop."""

import asyncio
import threading


async def mistaken(thread: threading.Thread) -> None:
    thread.join()  # HERE


async def fixed(thread: threading.Thread) -> None:
    await asyncio.to_thread(thread.join)


# tests
import threading

from my_project.thread_joined_in_the_event_loop import fixed, mistaken


async def test_mistake() -> None:
    timer = threading.Timer(0.1, print)
    timer.start()
    await mistaken(timer)


async def test_fixed() -> None:
    timer = threading.Timer(0.1, print)
    timer.start()
    await fixed(timer)


# mistake: threading_event_waited_for

"""The package waits for an event of another thread in the event loop."""

import asyncio
import threading


async def mistaken(event: threading.Event) -> bool:
    return event.wait()  # HERE


async def fixed(event: threading.Event) -> bool:
    return await asyncio.to_thread(event.wait)


# tests
import threading

from my_project.threading_event_waited_for import fixed, mistaken


async def test_mistake() -> None:
    event = threading.Event()
    timer = threading.Timer(0.1, event.set)
    timer.start()
    assert await mistaken(event)
    timer.join()


async def test_fixed() -> None:
    event = threading.Event()
    timer = threading.Timer(0.1, event.set)
    timer.start()
    assert await fixed(event)
    timer.join()


# mistake: time_sleep

"""The package sleeps, and the event loop with it."""

import asyncio
import time


async def mistaken() -> None:
    time.sleep(0.01)  # noqa: ASYNC251  # HERE


async def fixed() -> None:
    await asyncio.sleep(0.01)


# tests
from my_project.time_sleep import fixed, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_fixed() -> None:
    await fixed()


# mistake: time_sleep_in_a_callback

"""A callback of the package sleeps, and the event loop with it."""

import asyncio
import time


async def mistaken() -> None:
    loop = asyncio.get_running_loop()
    called = asyncio.Event()
    loop.call_soon(lambda: (time.sleep(0.01), called.set()))  # HERE
    await called.wait()


async def fixed() -> None:
    loop = asyncio.get_running_loop()
    called = asyncio.Event()
    loop.call_later(0.01, called.set)
    await called.wait()


# tests
from my_project.time_sleep_in_a_callback import fixed, mistaken


async def test_mistake() -> None:
    await mistaken()


async def test_fixed() -> None:
    await fixed()


# mistake: time_sleep_in_an_async_generator

"""An async generator of the package sleeps between its values."""

import asyncio
import time
from collections.abc import AsyncGenerator


async def mistaken() -> AsyncGenerator[int, None]:
    for number in range(2):
        yield number
        time.sleep(0.01)  # noqa: ASYNC251  # HERE


async def fixed() -> AsyncGenerator[int, None]:
    for number in range(2):
        yield number
        await asyncio.sleep(0.01)


# tests
from my_project.time_sleep_in_an_async_generator import fixed, mistaken


async def test_mistake() -> None:
    assert [number async for number in mistaken()] == [0, 1]


async def test_fixed() -> None:
    assert [number async for number in fixed()] == [0, 1]


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


async def fixed() -> int:
    return await asyncio.to_thread(retry, 2)


# tests
from my_project.time_sleep_two_calls_down import fixed, mistaken


async def test_mistake() -> None:
    assert await mistaken() == 2


async def test_fixed() -> None:
    assert await fixed() == 2


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


async def fixed(url: str) -> int:
    return await asyncio.to_thread(status, url)


# tests
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from my_project.url_opened_in_the_event_loop import fixed, mistaken


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


async def test_fixed(url: str) -> None:
    assert await fixed(url) == 204
