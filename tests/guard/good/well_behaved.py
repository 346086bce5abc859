"""Code of a package that is right, though a careless guard may take it for a mistake."""

import asyncio
import functools
import gettext
import importlib
import importlib.metadata
import importlib.resources
import inspect
import logging
import mimetypes
import multiprocessing
import os
import platform
import ssl
import subprocess
import tempfile
import threading
import time
import traceback
import warnings
import zoneinfo
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, Self, TypeVar

from aiohttp import web

Result = TypeVar("Result")
logger = logging.getLogger(__name__)


# Cancellation


async def note_and_raise(notes: list[str], waiting: asyncio.Event) -> None:
    """Wait for ever; note a cancellation, and let it through."""
    try:
        waiting.set()
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        notes.append("cancelled")
        raise


async def undo_and_raise(work: Awaitable[None], undone: list[str]) -> None:
    """Undo the work whatever ends it, and let that through."""
    try:
        await work
    except BaseException:
        undone.append("undone")
        raise


async def stop(task: asyncio.Task[Any]) -> None:
    """Cancel a task and wait for its end."""
    task.cancel()
    try:  # noqa: SIM105 - it is the other way to write it.
        await task
    except asyncio.CancelledError:
        pass


async def stop_all(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait for their ends."""
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)


async def stop_one_by_one(tasks: list[asyncio.Task[Any]]) -> None:
    """Cancel all tasks before any is awaited."""
    for task in tasks:
        task.cancel()
    for ending in tasks:
        try:  # noqa: SIM105 - The same holds here.
            await ending
        except asyncio.CancelledError:
            pass


async def stop_within(task: asyncio.Task[Any], seconds: float) -> bool:
    """Cancel a task, and tell whether it ended in time."""
    task.cancel()
    try:
        await asyncio.wait_for(task, seconds)
    except asyncio.CancelledError:
        return True
    except TimeoutError:
        return False
    return True


async def both(first: Awaitable[None], second: Awaitable[None]) -> None:
    """Await the second even where the first fails, and raise what the first raised."""
    failure: BaseException | None = None
    try:
        await first
    except BaseException as error:  # noqa: BLE001 - it is raised below.
        failure = error
    await second
    if failure is not None:
        raise failure


async def hand_over(work: Awaitable[Result], future: asyncio.Future[Result]) -> None:
    """Give a future whatever comes of the work; the future's owner raises it."""
    try:
        result = await work
    except BaseException as error:  # noqa: BLE001 - the future raises it.
        future.set_exception(error)
    else:
        future.set_result(result)


async def interruptible(event: asyncio.Event) -> bool:
    """Wait for the event; tell whether it came, or one cancellation that was taken back."""
    try:
        await event.wait()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.uncancel() > 0:
            raise
        return False
    return True


async def interruptible_by_its_owner(
    event: asyncio.Event, waiting: asyncio.Event
) -> bool:
    """Take the cancellation back that the one owner of this task asked for."""
    try:
        waiting.set()
        await event.wait()
    except asyncio.CancelledError:
        asyncio.current_task().uncancel()  # type: ignore[union-attr]
        return False
    return True


class Worker:
    """A background task with a start and an end, as services have it."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.queue: asyncio.Queue[int] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        self._task.cancel()
        try:
            await self._task
        except asyncio.CancelledError:
            logger.debug("the worker has ended")

    async def _run(self) -> None:
        while True:
            self.seen.append(await self.queue.get())
            self.queue.task_done()


class Background:
    """Tasks that nothing awaits one by one: they are kept, and drained at the close."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        """Run the work, and keep it until it is done."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Wait for all that was started."""
        await asyncio.gather(*self._tasks)


# Async generators


async def countdown(start: int) -> AsyncGenerator[int, None]:
    """Yield numbers down to 1; there is nothing to clean up."""
    for number in range(start, 0, -1):
        yield number
        await asyncio.sleep(0)


async def with_goodbye(notes: list[str]) -> AsyncGenerator[int, None]:
    """Yield without end; the clean-up awaits nothing."""
    try:
        while True:
            yield len(notes)
    finally:
        notes.append("goodbye")


async def with_async_goodbye(notes: list[str]) -> AsyncGenerator[int, None]:
    """Yield without end; the clean-up awaits, so the generator needs `aclosing`."""
    try:
        while True:
            yield len(notes)
    finally:
        await asyncio.sleep(0)
        notes.append("goodbye")


# What a process has once


@functools.cache
def pool() -> ThreadPoolExecutor:
    """Return the threads of the process, made when they are first needed."""
    return ThreadPoolExecutor(2, thread_name_prefix="pool")


async def in_pool(function: Callable[..., Result], *args: Any) -> Result:
    """Run a function in the threads of the process."""
    return await asyncio.get_running_loop().run_in_executor(pool(), function, *args)


class Crunching:
    """Owns threads, from the first call to the close."""

    async def __aenter__(self) -> Self:
        self._executor = ThreadPoolExecutor(1)
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await asyncio.to_thread(self._executor.shutdown)

    async def square(self, number: int) -> int:
        """Compute in a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: number * number)


class Ticker(threading.Thread):
    """A daemon that a library keeps for the process, as tqdm's and Sentry's do."""

    def __init__(self) -> None:
        super().__init__(name="ticker", daemon=True)
        self.end = threading.Event()

    def run(self) -> None:
        """Wait for the end of the process."""
        self.end.wait()


@functools.cache
def ticker() -> Ticker:
    """Return the daemon, started when it is first needed."""
    thread = Ticker()
    thread.start()
    return thread


async def is_ticking() -> bool:
    """Tell whether the daemon runs."""
    return ticker().is_alive()


# What libraries read from files, once or at times


async def log(message: str) -> None:
    """Log a message, wherever the application sends it."""
    logger.warning("%s", message)


async def log_failure(work: Awaitable[None]) -> None:
    """Log how the work failed, with its traceback."""
    try:
        await work
    except ValueError:
        logger.exception("the work failed")


async def traceback_of(work: Awaitable[None]) -> str:
    """Return the traceback of a failure."""
    try:
        await work
    except ValueError:
        return traceback.format_exc()
    return ""


async def imported(name: str) -> ModuleType:
    """Import a module that is needed seldom."""
    return importlib.import_module(name)


async def zone(name: str) -> zoneinfo.ZoneInfo:
    """Return a time zone."""
    return zoneinfo.ZoneInfo.no_cache(name)


async def content_type(filename: str) -> str | None:
    """Return the content type that a name stands for."""
    return mimetypes.guess_type(filename)[0]


async def temporary_folder() -> str:
    """Return where temporary files go."""
    return tempfile.gettempdir()


async def tls() -> ssl.SSLContext:
    """Return how to check a server's certificate."""
    return ssl.create_default_context()


async def version_of(distribution: str) -> str:
    """Return the version of a library, for a header such as ``User-Agent``."""
    return importlib.metadata.version(distribution)


@functools.cache
def marker() -> str:
    """Return a resource of the package, read when it is first needed."""
    return (importlib.resources.files(__package__) / "py.typed").read_text("utf-8")


async def say(text: str) -> None:
    """Print for the user of a command."""
    print(text)


async def configure(log_file: Path) -> logging.Handler:
    """Open a log at the start of the application."""
    return logging.FileHandler(log_file, encoding="utf-8")


async def translated(text: str) -> str:
    """Return a text in the language of the user, if there is a translation."""
    return gettext.translation("my_project", fallback=True).gettext(text)


async def source_of(function: Callable[..., Any]) -> str:
    """Return the source of a function, for a message to developers."""
    return inspect.getsource(function)


async def certificates() -> str | None:
    """Return where the system's certificates are."""
    return ssl.get_default_verify_paths().capath


async def site(folder: Path) -> web.Application:
    """Return an application that serves the files of a folder."""
    application = web.Application()
    application.router.add_static("/", folder)
    return application


async def surroundings() -> tuple[str, str, str]:
    """Return where the program runs, and on what."""
    return os.getcwd(), os.path.abspath("."), platform.platform()  # noqa: ASYNC240, PTH100, PTH109


# What starts and ends in the event loop, and is waited for elsewhere


async def run_program(*command: str) -> int | None:
    """Return how a program ended, or nothing where there is no such program."""
    try:
        process = await asyncio.create_subprocess_exec(*command)
    except FileNotFoundError:
        return None
    return await process.wait()


async def reversed_by(*command: str, text: str) -> str:
    """Return what a program makes of a text."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    output, _ = await process.communicate(text.encode())
    return output.decode().strip()


async def run_in_thread(*command: str) -> int:
    """Return how a program ended that a thread waits for."""
    with subprocess.Popen(  # noqa: ASYNC220
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as process:
        await asyncio.to_thread(process.communicate)
        return process.returncode


async def run_process(start_method: str) -> int | None:
    """Return how a process ended that a thread waits for."""
    context = multiprocessing.get_context(start_method)
    process: Any = context.Process(target=abs, args=(1,))  # type: ignore[attr-defined]
    process.start()
    await asyncio.to_thread(process.join)
    exitcode: int | None = process.exitcode
    return exitcode


async def in_threads_of_its_own(function: Callable[[int], int], count: int) -> int:
    """Run a function in threads that end with this call."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as executor:
        jobs = (loop.run_in_executor(executor, function, n) for n in range(count))
        return sum(await asyncio.gather(*jobs))


async def in_a_process_of_its_own(number: int, start_method: str) -> int:
    """Run a function in a process that ends with this call."""
    loop = asyncio.get_running_loop()
    context = multiprocessing.get_context(start_method)
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        return await loop.run_in_executor(executor, abs, number)


async def first_line_of_pipe(descriptor: int) -> bytes:
    """Return the first line that comes out of a pipe."""
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader),
        open(descriptor, "rb", buffering=0),  # noqa: ASYNC230, SIM115
    )
    try:
        return await reader.readline()
    finally:
        transport.close()


async def write_in_threads(path: Path, text: str) -> None:
    """Write a file; what is left for its end is little."""
    with await asyncio.to_thread(path.open, "w") as file:
        await asyncio.to_thread(file.write, text)


class Counter:
    """Counts in the event loop and in threads."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.RLock()

    def add(self) -> None:
        """Count one more."""
        with self._lock:
            self.count += 1

    async def add_everywhere(self, times: int) -> None:
        """Count in threads, and here meanwhile."""
        in_threads = [asyncio.to_thread(self.add) for _ in range(times)]
        tasks = [asyncio.create_task(adding) for adding in in_threads]
        for _ in range(times):
            self.add()
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)


async def compute(seconds: float) -> int:
    """Compute for a while, in one go."""
    until = time.thread_time() + seconds
    return sum(1 for _ in iter(lambda: time.thread_time() < until, False))


async def shared_number(number: int) -> int:
    """Return a number out of memory that other processes may share."""
    value = multiprocessing.Value("i", number)
    with value.get_lock():
        return value.value


async def serve_socket(path: Path) -> asyncio.Server:
    """Serve on a socket in the file system."""
    return await asyncio.start_unix_server(lambda _, writer: writer.close(), path)


async def warn(message: str) -> None:
    """Warn the caller."""
    warnings.warn(message, UserWarning, stacklevel=2)


# What tests replace by a stub


def read_settings() -> str:
    """Return what is read in a thread, but for tests."""
    return "real"


async def settings() -> str:
    """Return the settings, cut to their first word."""
    return read_settings().partition(" ")[0]


async def fetch(number: int) -> int:
    """Return what a server would."""
    await asyncio.sleep(0)
    return number


async def fetch_twice(number: int) -> int:
    """Return the sum of two calls."""
    return await fetch(number) + await fetch(number)


def main() -> None:
    """Run what a command line starts."""
    asyncio.run(countdown_to_zero())


async def countdown_to_zero() -> int:
    """Count down, and return how often."""
    return len([number async for number in countdown(3)])
