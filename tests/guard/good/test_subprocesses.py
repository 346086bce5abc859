"""Other programs: each is waited for, or ended and waited for."""

import asyncio
import os
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Iterator

import pytest
from my_project.well_behaved import (
    first_line_of_pipe,
    in_a_process_of_its_own,
    reversed_by,
    run_in_thread,
    run_process,
    run_program,
    shared_number,
)

ECHO = (sys.executable, "-c", "print(input()[::-1])")
WAIT = (sys.executable, "-c", "print('ready', flush=True); input()")


async def test_a_program_that_answers() -> None:
    """``communicate`` reads the output to its end and waits for the program."""
    process = await asyncio.create_subprocess_exec(*ECHO, stdin=PIPE, stdout=PIPE)
    output, _ = await process.communicate(b"abc\n")
    assert output.strip() == b"cba"


async def test_a_program_that_is_ended() -> None:
    """The program is terminated, and waited for."""
    process = await asyncio.create_subprocess_exec(*WAIT, stdin=PIPE, stdout=PIPE)
    assert process.stdout is not None
    assert await process.stdout.readline()
    process.terminate()
    await process.communicate()
    assert process.returncode != 0


async def test_a_program_that_is_too_slow() -> None:
    """After the timeout, the program is killed and waited for."""
    process = await asyncio.create_subprocess_exec(*WAIT, stdin=PIPE, stdout=PIPE)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await process.wait()
    process.kill()
    await process.communicate()


async def test_a_shell() -> None:
    """The shell's output is read to its end."""
    process = await asyncio.create_subprocess_shell("echo hello", stdout=PIPE)
    output, _ = await process.communicate()
    assert output.strip() == b"hello"


async def test_two_programs_at_once() -> None:
    """Both are waited for."""

    async def run() -> int:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", "")
        return await process.wait()

    assert not any(await asyncio.gather(run(), run()))


async def test_a_program_in_a_thread() -> None:
    """The thread waits for the program, and the loop goes on."""
    done = await asyncio.to_thread(
        subprocess.run, ECHO, input=b"abc\n", capture_output=True, check=True
    )
    assert done.stdout.strip() == b"cba"


@pytest.fixture
async def program() -> AsyncIterator[Process]:
    """Run a program around a test."""
    process = await asyncio.create_subprocess_exec(*WAIT, stdin=PIPE, stdout=PIPE)
    yield process
    await process.communicate(b"\n")


async def test_a_program_of_a_fixture(program: Process) -> None:
    """The program runs on, and its fixture ends it."""
    assert program.stdout is not None
    assert (await program.stdout.readline()).strip() == b"ready"


@pytest.fixture(scope="session")
def service() -> Iterator[subprocess.Popen[bytes]]:
    """Run a program for all tests."""
    pipe = subprocess.PIPE
    with subprocess.Popen(WAIT, stdin=pipe, stdout=pipe) as process:
        yield process
        process.communicate(b"\n")


@pytest.mark.parametrize("number", range(2))
async def test_a_program_for_the_session(
    service: subprocess.Popen[bytes], number: int
) -> None:
    """The program outlives this test, and its fixture ends it."""
    assert service.poll() is None, number


async def test_a_program_of_the_package() -> None:
    """The package waits for the program."""
    assert await run_program(sys.executable, "-c", "") == 0


async def test_a_program_that_does_not_exist() -> None:
    """The package handles that there is nothing to run."""
    assert await run_program("/no/such/program") is None


async def test_a_program_of_the_package_with_pipes() -> None:
    """The package opens the pipes, which are in memory."""
    assert await reversed_by(*ECHO, text="abc\n") == "cba"


async def test_a_program_that_a_thread_of_the_package_waits_for() -> None:
    """The package starts the program in the loop, and waits elsewhere."""
    assert await run_in_thread(sys.executable, "-c", "") == 0


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
async def test_a_process_of_the_package(method: str) -> None:
    """The same holds here. a process of Python's own."""
    assert await run_process(method) == 0


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
async def test_a_pool_of_processes_of_the_package(method: str) -> None:
    """The pool is told to end when it has nothing to do."""
    assert await in_a_process_of_its_own(-3, method) == 3


async def test_a_pipe_of_the_package() -> None:
    """The package makes a file of a descriptor, and the loop reads it."""
    end, other = os.pipe()
    os.write(other, b"one\ntwo\n")
    os.close(other)
    assert await first_line_of_pipe(end) == b"one\n"


async def test_memory_that_processes_share() -> None:
    """The memory is a file that is made once, and its lock is free."""
    assert await shared_number(3) == 3
