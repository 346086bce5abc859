"""The PostgreSQL server of the tests: who runs it, where its files are, that none is left."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import checks
from tests.support.commands import CommandError
from tests.support.projects import Render, Run, copied
from tests.support.selection import thorough_but

SUITE = ("uv", "run", "--quiet", "pytest")
WITH_A_SERVER = """
import asyncio, os, pathlib, subprocess, sys, tempfile
sys.path.insert(0, "tests")
import asyncpg
from database_server import running_server

async def all_there_is(url):
    connection = await asyncpg.connect(url)
    databases = await connection.fetch("SELECT datname FROM pg_database ORDER BY 1")
    rows = await connection.fetch("SELECT * FROM users")
    tables = await connection.fetch("SELECT relname FROM pg_stat_user_tables")
    await connection.close()
    return databases, tables, rows

async def make(url):
    connection = await asyncpg.connect(url)
    await connection.execute("CREATE TABLE users (name TEXT)")
    await connection.execute("INSERT INTO users VALUES ('Mine')")
    await connection.close()

with tempfile.TemporaryDirectory() as folder:
    with running_server(pathlib.Path(folder)) as os.environ["DATABASE_URL"]:
        asyncio.run(make(os.environ["DATABASE_URL"]))
        before = asyncio.run(all_there_is(os.environ["DATABASE_URL"]))
        done = subprocess.run(sys.argv[1:])
        assert asyncio.run(all_there_is(os.environ["DATABASE_URL"])) == before, before
sys.exit(done.returncode)
"""
ASKED = """
import asyncio, pathlib, sys, tempfile
sys.path.insert(0, "tests")
import asyncpg
import database_server

async def connect(url):
    connection = await asyncpg.connect(url)
    await connection.close()

database_server.HAS_UNIX_SOCKETS = sys.argv[1] == "True"
folder = pathlib.Path(tempfile.mkdtemp(prefix="postgresql-"))
with database_server.running_server(folder) as url:
    assert ("127.0.0.1" in url) == (sys.argv[1] == "False"), url
    asyncio.run(connect(url))
    password = url.partition("postgres:")[2].partition("@")[0]
    for wrong in ("", "x"):
        try:
            asyncio.run(connect(url.replace(password, wrong)))
        except asyncpg.InvalidPasswordError:
            continue
        sys.exit(f"{wrong!r} is accepted")
"""


@pytest.fixture(scope="module")
def project(render: Render, run: Run) -> Path:
    """A project whose only sample, but for the stream, is on PostgreSQL."""
    project = render(http_client="none", database="postgresql")
    run(project, "uv", "sync", "--quiet")
    return project


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files, with a short name, that every user may look into."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with tempfile.TemporaryDirectory(prefix="t-") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setenv("TMPDIR", folder)
        yield Path(folder)


def processes_of(folder: Path) -> list[str]:
    """Return the command of each process that has a folder in it."""
    commands = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            commands.append(path.read_bytes().decode("utf-8", "replace"))
        except OSError:
            continue  # It has just ended.
    return [command for command in commands if str(folder) in command]


def assert_nothing_is_left(folder: Path) -> None:
    """Neither a process nor a file of a server."""
    assert processes_of(folder) == []
    assert [*folder.glob("postgresql-*")] == []


@pytest.mark.parametrize(
    "options", thorough_but([[], ["--with", "pytest-xdist"]], []), ids=str
)
def test_a_server_of_the_tests_own_leaves_nothing(
    project: Path, run: Run, temporary: Path, options: list[str]
) -> None:
    """Neither a process nor a file; the permissions of what uv installed are as before."""
    site_packages = next(project.glob(".venv/lib/*/site-packages"))
    before = {path: path.stat().st_mode for path in site_packages.rglob("*")}
    parallel = ["-n2"] if options else []
    printed = run(project, *SUITE[:3], *options, "pytest", *parallel)
    assert checks.outcomes(printed) == {"passed": checks.defined_tests(project) + 3}
    assert_nothing_is_left(temporary)
    after = {path: path.stat().st_mode for path in before if path.exists()}
    assert after == {path: before[path] for path in after}


@pytest.mark.parametrize("has_unix_sockets", [True, False])
def test_a_server_asks_for_its_password(
    project: Path, run: Run, temporary: Path, has_unix_sockets: bool
) -> None:
    """So that no other user of the machine gets in, where it listens on a port as on Windows."""
    run(project, "uv", "run", "--quiet", "python", "-c", ASKED, str(has_unix_sockets))
    assert_nothing_is_left(temporary)


def test_a_run_that_is_killed_leaves_nothing(
    project: Path, run: Run, temporary: Path, tmp_path: Path
) -> None:
    """What ends the server and deletes its files is not the killed process."""
    project = copied(project, tmp_path)
    (project / "tests/test_killed.py").write_text(
        "import os, signal\n\n\n"
        "async def test_killed(database_url: str) -> None:\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n",
        "utf-8",
    )
    with pytest.raises(CommandError):
        run(project, *SUITE, "tests/test_killed.py")
    deadline = time.monotonic() + 30
    while processes_of(temporary) and time.monotonic() < deadline:
        os.sched_yield()
    assert_nothing_is_left(temporary)


def test_the_servers_files_may_be_in_any_folder(
    project: Path, run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No character of a folder's name ends a list, an option or a part of an address."""
    folder = temporary / "a#b 50%25 o'k a&b=c"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    printed = run(project, *SUITE, "tests/test_database.py", "-k", "returns_the_rows")
    assert checks.outcomes(printed)["passed"] == 1
    assert_nothing_is_left(folder)


def test_the_error_says_why_the_server_does_not_start(
    project: Path, run: Run, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A socket's path is limited, and only the server knows."""
    folder = temporary / ("a" * 120)
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with pytest.raises(CommandError, match=r"socket path .* is too long"):
        run(project, *SUITE, "tests/test_database.py", "--exitfirst")
    assert_nothing_is_left(folder)


@pytest.mark.thorough
def test_a_run_that_fails_leaves_nothing(
    project: Path, run: Run, temporary: Path, tmp_path: Path
) -> None:
    """A test that leaves a connection open does not keep its database, or the server."""
    project = copied(project, tmp_path)
    (project / "tests/test_leak.py").write_text(
        "import asyncpg\n\n\nKEPT = []\n\n\n"
        "async def test_leak(database_url: str) -> None:\n"
        "    KEPT.append(await asyncpg.connect(database_url))\n",
        "utf-8",
    )
    with pytest.raises(CommandError, match="to the test's database is open"):
        run(project, *SUITE)
    assert_nothing_is_left(temporary)


@pytest.mark.thorough
def test_an_existing_server_is_used_and_not_altered(
    project: Path, run: Run, temporary: Path
) -> None:
    """The tests make databases on the server of DATABASE_URL, and drop no other."""
    script = ("uv", "run", "--quiet", "--with", "pytest-xdist", "python", "-c")
    printed = run(project, *script, WITH_A_SERVER, "pytest", "-n2")
    assert set(checks.outcomes(printed)) == {"passed"}
    assert list(temporary.glob("postgresql-*")) == []


@pytest.mark.parametrize(
    ("url", "match"),
    [
        ("postgresql://ada:secret@127.0.0.1:9/x", "ConnectionRefusedError"),
        ("postgresql://ada:secret@192.0.2.1/x", r'connect\(\) with host "192.0.2.1"'),
        ("mysql://ada:secret@127.0.0.1/x", "ClientConfigurationError"),
    ],
)
def test_a_server_that_cannot_be_reached_is_an_error(
    project: Path, run: Run, monkeypatch: pytest.MonkeyPatch, url: str, match: str
) -> None:
    """No test of the database passes, none is skipped, and the password is not shown."""
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(CommandError, match=match) as caught:
        run(project, *SUITE, "tests/test_database.py")
    assert "secret" not in str(caught.value)
    outcomes = checks.outcomes(str(caught.value))
    assert outcomes.keys() == {"errors", "passed"}
    assert outcomes["errors"] > outcomes["passed"]


def may_become_another() -> bool:
    """Return whether root may run a command as another user in a namespace of its own."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("unshare"):
        return False
    command = ["unshare", "--user", "true"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(
    not may_become_another(),
    reason="run as a user, all tests show it; and as root, one",
)
def test_a_user_who_is_not_root_can_run_the_server(
    project: Path, run: Run, temporary: Path
) -> None:
    """Root has another user start the server; a user starts it as oneself."""
    python = (".venv/bin/python", "-m", "pytest", "-p", "no:cacheprovider")
    who = "import os; print(os.geteuid())"
    assert run(project, "unshare", "--user", python[0], "-c", who).strip() != "0"
    printed = run(project, "unshare", "--user", *python)
    assert set(checks.outcomes(printed)) == {"passed"}
    assert processes_of(temporary) == []
