"""Mistakes that are seen without the guard, or before anything runs: by mypy, ruff, pytest-socket."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from tests.support import checks
from tests.support.commands import CommandError
from tests.support.projects import Run

HEADER = """
import asyncio
import socket
import time
from collections.abc import AsyncIterator
from unittest.mock import AsyncMock

import pytest

from my_project import AsyncAPIClient, AsyncClient


async def test_innocent_before(client: AsyncAPIClient) -> None:
    await client.get_user(1)

{mistake}

async def test_innocent_after(client: AsyncAPIClient) -> None:
    await client.get_user(1)
"""

AWAIT_IN_A_TEST = """
async def test_mistake(client: AsyncAPIClient) -> None:
    client.get_user(1)
"""
AWAIT_IN_AN_ASSERTION = """
async def test_mistake(client: AsyncAPIClient) -> None:
    assert client.get_user(1)
"""
AWAIT_IN_A_FIXTURE_S_SETUP = """
@pytest.fixture
async def opened(base_url: str) -> AsyncIterator[AsyncClient]:
    client = AsyncClient(base_url)
    client.connect()
    yield client
    await client.disconnect()

async def test_mistake(opened: AsyncClient) -> None:
    await opened.get("/users/1")
"""
AWAIT_IN_A_FIXTURE_S_TEARDOWN = """
@pytest.fixture
async def opened(base_url: str) -> AsyncIterator[AsyncClient]:
    client = AsyncClient(base_url)
    yield client
    client.disconnect()

async def test_mistake(opened: AsyncClient) -> None:
    await opened.get("/users/1")
"""
OTHER_HOST = """
async def test_mistake() -> None:
    await asyncio.open_connection("192.0.2.1", 80)
"""
DANGLING_TASK = """
async def test_mistake(client: AsyncAPIClient) -> None:
    asyncio.create_task(client.get_user(1))
"""
BLOCKING_CALL = """
async def test_mistake() -> None:
    time.sleep(1)
"""
MISSPELT_ASSERTION = """
async def test_mistake() -> None:
    mock = AsyncMock()
    assert mock.called_once()
"""


def test_the_readme_s_mistakes_are_found(copy: Path, run: Run) -> None:
    """The two mistakes of a package's README fail, at their lines, in pytest and in mypy."""
    text = (copy / "README.md").read_text("utf-8")
    section = text.split("## Two mistakes", 1)[1]
    snippet = section.split("```python\n", 1)[1].split("```", 1)[0]
    fixture = snippet.split("@pytest.fixture\nasync def ", 1)[1].partition("(")[0]
    use = f"async def test_the_fixture({fixture}: object) -> None:\n    pass\n"
    module = f"{snippet}\n\n{use}"
    (copy / "tests/test_mistake.py").write_text(module, "utf-8")
    forgotten = [
        number
        for number, line in enumerate(module.splitlines(), 1)
        if "# Forgotten" in line
    ]
    assert len(forgotten) == 2
    run(copy, "uv", "run", "--quiet", "ruff", "check")
    for command in (("mypy",), ("pytest", "tests/test_mistake.py")):
        with pytest.raises(CommandError) as caught:
            run(copy, "uv", "run", "--quiet", *command)
        for number in forgotten:
            assert re.search(
                rf"test_mistake\.py(:|\", line ){number}\b", str(caught.value)
            )


def make(project: Path, mistake: str) -> None:
    """Add a test module with a mistake between two innocent tests."""
    module = project / "tests" / "test_mistake.py"
    module.write_text(HEADER.format(mistake=dedent(mistake)), "utf-8")


def test_no_other_machine_is_reached(copy: Path, run: Run) -> None:
    """A connection to another host fails the test that made it; its neighbours pass."""
    make(copy, OTHER_HOST)
    with pytest.raises(CommandError) as caught:
        run(copy, "uv", "run", "--quiet", "pytest", "tests/test_mistake.py")
    assert 'socket.socket.connect() with host "192.0.2.1"' in str(caught.value)
    assert checks.outcomes(str(caught.value)) == {"failed": 1, "passed": 2}


@pytest.mark.parametrize(
    ("mistake", "rule"),
    [
        (AWAIT_IN_A_TEST, "[unused-coroutine]"),
        (AWAIT_IN_AN_ASSERTION, "[truthy-bool]"),
        (AWAIT_IN_A_FIXTURE_S_SETUP, "[unused-coroutine]"),
        (AWAIT_IN_A_FIXTURE_S_TEARDOWN, "[unused-coroutine]"),
        (
            "async def test_mistake() -> None:\n    asyncio.gather()\n",
            "[unused-awaitable]",
        ),
    ],
)
def test_mypy_sees_a_mistake(copy: Path, run: Run, mistake: str, rule: str) -> None:
    """The types tell a coroutine from its result, before anything runs."""
    make(copy, mistake)
    with pytest.raises(CommandError) as caught:
        run(copy, "uv", "run", "--quiet", "mypy")
    assert rule in str(caught.value)


@pytest.mark.parametrize(
    ("mistake", "rule"),
    [
        (DANGLING_TASK, "RUF006"),
        (BLOCKING_CALL, "ASYNC251"),
        (MISSPELT_ASSERTION, "PGH005"),
    ],
)
def test_ruff_sees_a_mistake(copy: Path, run: Run, mistake: str, rule: str) -> None:
    """What no type tells, a rule does."""
    make(copy, mistake)
    with pytest.raises(CommandError, match=rule):
        run(copy, "uv", "run", "--quiet", "ruff", "check")


SEEN = """
import asyncio
import os
import subprocess
import time
import urllib.request
from pathlib import Path
from unittest.mock import AsyncMock, Mock

from my_project import AsyncAPIClient


async def work() -> int:
    await asyncio.sleep(0)
    return 1


async def awaitables(client: AsyncAPIClient, lock: asyncio.Lock) -> None:
    asyncio.gather(work())  # unused-awaitable
    asyncio.wait_for(work(), 1)  # unused-coroutine
    asyncio.to_thread(time.sleep, 1)  # unused-coroutine
    asyncio.get_running_loop().run_in_executor(None, work)  # unused-awaitable
    lock.acquire()  # unused-coroutine
    await client.get_user  # misc
    await asyncio.wait([work()])  # type-var
    with lock:  # attr-defined
        pass
    with asyncio.timeout(1):  # attr-defined
        await work()
    task = asyncio.create_task(work())
    await task


async def truth(event: asyncio.Event, flag: bool) -> bool:
    assert event.is_set  # truthy-function
    await asyncio.sleep(1 if work() else 0)  # truthy-bool
    if work() == 1:  # comparison-overlap
        return True
    return flag and not work()  # truthy-bool


async def mocks(client: AsyncAPIClient) -> None:
    client.get_user = Mock(return_value=1)  # method-assign
    mock = AsyncMock()
    assert mock.assert_awaited_once  # truthy-function
    mock.assert_awaited_once()


async def tasks(ready: list[int]) -> None:
    asyncio.create_task(work())  # RUF006 unused-awaitable
    asyncio.ensure_future(work())  # RUF006 unused-awaitable
    while not ready:  # ASYNC110
        await asyncio.sleep(1)
    async with asyncio.timeout(1):  # ASYNC100
        ready.clear()
    mock = AsyncMock()
    mock.assert_awaited_once  # B018 PGH005


async def blocking(path: Path) -> None:
    time.sleep(1)  # ASYNC251
    urllib.request.urlopen("http://localhost")  # ASYNC210
    subprocess.run(["true"], check=True)  # ASYNC221
    os.system("true")  # ASYNC221
    open(path)  # ASYNC230 PTH123 SIM115
    path.read_text("utf-8")  # ASYNC240
    input()  # ASYNC250
    await asyncio.to_thread(path.read_text, "utf-8")


async def swallowed() -> None:
    try:
        await work()
    except BaseException:  # BLE001
        pass
    try:
        await work()
    finally:
        return  # B012
"""


@pytest.mark.parametrize("command", [("mypy",), ("ruff", "check")])
def test_what_can_be_seen_without_running_is_seen(
    copy: Path, run: Run, command: tuple[str, ...]
) -> None:
    """At each line by the rules that it names, and at no other."""
    module = copy / "tests" / "test_seen.py"
    module.write_text(SEEN, "utf-8")
    is_mypy = command == ("mypy",)
    options = () if is_mypy else ("--output-format=concise",)
    with pytest.raises(CommandError) as caught:
        run(copy, "uv", "run", "--quiet", *command, *options, str(module))
    said = re.findall(
        r"^.*test_seen\.py:(\d+):(?: error: .*\[([\w-]+)\]|\d+: ([A-Z]+\d+) .*)$",
        str(caught.value),
        re.MULTILINE,
    )
    marked = [
        (number, rule)
        for number, line in enumerate(SEEN.splitlines(), 1)
        for rule in line.partition("  # ")[2].split()
        if rule.islower() == is_mypy
    ]
    assert {(int(line), mypy or ruff) for line, mypy, ruff in said} == {*marked}


def test_a_module_without_a_mistake_passes(copy: Path, run: Run) -> None:
    """What the tests above add fails for its mistake alone."""
    make(copy, "async def test_mistake() -> None:\n    await asyncio.sleep(0)\n")
    printed = run(copy, "uv", "run", "--quiet", "pytest", "tests/test_mistake.py")
    assert checks.outcomes(printed) == {"passed": 3}
    run(copy, "uv", "run", "--quiet", "mypy")
