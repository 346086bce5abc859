"""Code of a package that ends what it cancels, though it looks like a swallowed cancellation."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from concurrent import futures
from contextlib import asynccontextmanager, suppress
from typing import Any, Self

NETWORK_ERRORS = (OSError, EOFError)


class Service:
    """Closed by one method, and waited for by others."""

    def __init__(self, work: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.create_task(work)
        self._more: dict[str, asyncio.Task[None]] = {}

    def start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run more work."""
        self._more[name] = asyncio.create_task(work)

    def close(self) -> None:
        """Cancel the work."""
        self._task.cancel()

    async def wait_closed(self) -> None:
        """Wait for the end of the work."""
        with suppress(asyncio.CancelledError):
            await self._task

    async def wait_closed_within(self, seconds: float) -> None:
        """Wait for the end of the work, but not for long."""
        with suppress(TimeoutError, asyncio.CancelledError):
            await asyncio.wait_for(self._task, seconds)

    async def join(self) -> None:
        """Wait for the end of the work, and raise how it ended."""
        await self._task

    async def close_and_join(self) -> None:
        """Cancel the work, and wait for it by a method of its own."""
        self.close()
        with suppress(asyncio.CancelledError):
            await self.join()

    async def close_all(self) -> None:
        """Cancel each work under another name than the one it is awaited by."""
        while self._more:
            _, task = self._more.popitem()
            task.cancel()
            with suppress(asyncio.CancelledError):
                async with asyncio.timeout(5):
                    await task
        task, self._task = self._task, asyncio.create_task(asyncio.sleep(0))
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.shield(task)
        await self._task


async def stop_by_comprehension(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks and wait for their ends."""
    tasks = list(tasks)
    _ = [task.cancel() for task in tasks]
    with suppress(asyncio.CancelledError):
        await asyncio.wait(tasks)


def end(task: asyncio.Task[Any]) -> None:
    """Cancel a task."""
    task.cancel()


async def stop_by_helper(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Wait for the ends of tasks that somebody else cancels."""
    for task in tasks:
        end(task)
        with suppress(asyncio.CancelledError):
            await task


async def stop_unless_cancelled(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Tell the task's cancellation from one's own."""
    for task in tasks:
        end(task)
        try:
            await task
        except asyncio.CancelledError:
            if not task.cancelled():
                raise


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run some work while the block runs."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def cancelled_anew(event: asyncio.Event) -> None:
    """Raise a cancellation with a message of one's own."""
    try:
        await event.wait()
    except asyncio.CancelledError as error:
        raise asyncio.CancelledError("enough") from error


async def cancelled_at_the_next_wait(event: asyncio.Event) -> None:
    """Put the cancellation off."""
    this = asyncio.current_task()
    try:
        await event.wait()
    except asyncio.CancelledError:
        if this:
            this.cancel()
    await asyncio.sleep(0)


async def cancelled_later(event: asyncio.Event) -> None:
    """Remember the cancellation, and end by it."""
    cancelled = False
    try:
        await event.wait()
    except asyncio.CancelledError:
        cancelled = True
    event.set()
    if cancelled:
        raise asyncio.CancelledError


async def outcome(work: Awaitable[None]) -> BaseException | None:
    """Return how the work ended, for the caller to raise."""
    try:
        await work
    except BaseException as error:  # noqa: BLE001
        return error
    return None


async def outcomes(*works: Coroutine[Any, Any, None]) -> list[BaseException]:
    """Return how some works failed, for the caller to raise."""
    errors: list[BaseException] = []
    for work in works:
        try:
            await asyncio.create_task(work)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)
    return errors


async def told(work: Awaitable[None], tell: Callable[[Any], None]) -> None:
    """Tell somebody how the work failed, who may raise it."""
    try:
        await work
    except BaseException:  # noqa: BLE001
        tell(sys.exc_info())


async def main(event: asyncio.Event) -> None:
    """Exit by the status of a program that was interrupted."""
    try:
        await event.wait()
    except asyncio.CancelledError:
        sys.exit(130)


async def result_of(job: futures.Future[int]) -> int | None:
    """Return the result of a job, which raises another error of that name."""
    try:
        await asyncio.sleep(0)
        return job.result()
    except futures.CancelledError:
        return None


async def first_that_is_set(events: Iterable[asyncio.Event]) -> int:
    """Leave a loop that `finally` itself runs."""
    found = -1
    try:
        await asyncio.sleep(0)
    finally:
        for number, event in enumerate(events):
            if not event.is_set():
                continue
            found = number
            break
    return found


class Tolerant:
    """Lets network errors pass, and nothing else."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: object, _: object
    ) -> bool:
        if kind is asyncio.CancelledError:
            return False
        if isinstance(error, NETWORK_ERRORS):
            print(error)
            return True
        return False


class Joined:
    """Waits for a task by one method, and cancels it by another."""

    def __init__(self, work: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.create_task(work)

    def stop(self) -> None:
        """Cancel the work."""
        self._task.cancel()

    async def join(self) -> None:
        """Wait for the work."""
        await self._task


async def supervised(joined: Joined) -> str:
    """Tell how the work of another object ended."""
    try:
        await joined.join()
    except asyncio.CancelledError:
        return "stopped"
    return "done"


async def serve(server: asyncio.Server) -> None:
    """Serve until the server is closed, which ends this by a cancellation."""
    async with server:
        with suppress(asyncio.CancelledError):
            await server.serve_forever()
