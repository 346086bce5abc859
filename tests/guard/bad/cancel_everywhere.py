# mistake: lock_acquired_by_hand

"""The lock stays locked where the work is cancelled."""

import asyncio


class Counter:
    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.value = 0

    async def add(self) -> None:
        await self.lock.acquire()
        await asyncio.sleep(0)  # HERE
        self.value += 1
        self.lock.release()

    async def add_safely(self) -> None:
        async with self.lock:
            await asyncio.sleep(0)
            self.value += 1


# tests
from async_guard import CancelEverywhere
from my_project.lock_acquired_by_hand import Counter


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    counter = Counter()
    async for _ in cancel_everywhere(counter.add):
        assert not counter.lock.locked()


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    counter = Counter()
    async for _ in cancel_everywhere(counter.add_safely):
        assert not counter.lock.locked()


# mistake: clean_up_awaits_before_it_restores

"""A cancellation of the clean-up leaves it half done."""

import asyncio

from async_guard import CancelEverywhere

LEVEL = {"level": 0}


async def raised() -> None:
    LEVEL["level"] = 1
    try:
        await asyncio.sleep(0)
    finally:
        await asyncio.sleep(0)  # HERE
        LEVEL["level"] = 0


async def raised_and_restored() -> None:
    LEVEL["level"] = 1
    try:
        await asyncio.sleep(0)
    finally:
        LEVEL["level"] = 0
        await asyncio.sleep(0)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(raised):
        assert LEVEL["level"] == 0


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    LEVEL["level"] = 0
    async for _ in cancel_everywhere(raised_and_restored):
        assert LEVEL["level"] == 0


# mistake: connection_not_returned_to_its_pool

"""The connection never comes back where the query is cancelled."""

import asyncio

from async_guard import CancelEverywhere


def new_pool() -> asyncio.Queue[str]:
    pool: asyncio.Queue[str] = asyncio.Queue()
    pool.put_nowait("connection")
    return pool


async def query(pool: asyncio.Queue[str]) -> str:
    connection = await pool.get()
    try:
        await asyncio.sleep(0)  # HERE
    except Exception:
        pool.put_nowait(connection)
        raise
    pool.put_nowait(connection)
    return "row"


async def query_and_return(pool: asyncio.Queue[str]) -> str:
    connection = await pool.get()
    try:
        await asyncio.sleep(0)
    finally:
        pool.put_nowait(connection)
    return "row"


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    pool = new_pool()
    async for _ in cancel_everywhere(query, pool):
        assert pool.qsize() == 1


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    pool = new_pool()
    async for _ in cancel_everywhere(query_and_return, pool):
        assert pool.qsize() == 1


# mistake: wait_for_around_an_acquire

"""What is awaited between the acquire and the release is not covered by a `try`."""

import asyncio

from async_guard import CancelEverywhere


async def hold(lock: asyncio.Lock) -> None:
    async with lock:
        await asyncio.sleep(0)


async def work(lock: asyncio.Lock) -> None:
    await asyncio.wait_for(lock.acquire(), 5)
    await asyncio.sleep(0)  # HERE
    lock.release()


async def work_safely(lock: asyncio.Lock) -> None:
    await asyncio.wait_for(lock.acquire(), 5)
    try:
        await asyncio.sleep(0)
    finally:
        lock.release()


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    lock = asyncio.Lock()

    async def both() -> None:
        await asyncio.gather(hold(lock), work(lock))

    async for _ in cancel_everywhere(both):
        assert not lock.locked()


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    lock = asyncio.Lock()

    async def both() -> None:
        await asyncio.gather(hold(lock), work_safely(lock))

    async for _ in cancel_everywhere(both):
        assert not lock.locked()


# mistake: retry_that_swallows

"""Each try catches what ends it, the cancellation too."""

import asyncio


async def fetch() -> str:
    await asyncio.sleep(0)  # HERE
    return "page"


async def fetch_with_retries() -> str:
    for _ in range(3):
        try:
            return await fetch()
        except BaseException:  # noqa: BLE001
            await asyncio.sleep(0)
    return ""


async def fetch_with_fewer_retries() -> str:
    for _ in range(3):
        try:
            return await fetch()
        except OSError:
            await asyncio.sleep(0)
    return ""


# tests
from async_guard import CancelEverywhere
from my_project.retry_that_swallows import fetch_with_fewer_retries, fetch_with_retries


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(fetch_with_retries):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(fetch_with_fewer_retries):
        pass


# mistake: cancellation_suppressed

"""A stop that is meant for the worker also catches the caller's cancellation."""

import asyncio
from contextlib import suppress

from async_guard import CancelEverywhere


async def stop(worker: asyncio.Task[None]) -> None:
    worker.cancel()
    with suppress(asyncio.CancelledError):
        await worker  # HERE


async def stop_and_wait(worker: asyncio.Task[None]) -> None:
    worker.cancel()
    await asyncio.wait([worker])


async def work() -> None:
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0)


async def started() -> asyncio.Task[None]:
    worker = asyncio.create_task(work())
    await asyncio.sleep(0)
    return worker


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    worker = await started()
    async for _ in cancel_everywhere(stop, worker):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    worker = await started()
    async for _ in cancel_everywhere(stop_and_wait, worker):
        pass


# mistake: error_in_place_of_the_cancellation

"""Who cancels gets the package's own error, and takes it for a failure."""

import asyncio

from async_guard import CancelEverywhere


class APIError(Exception):
    """Said by the package."""


async def request() -> None:
    try:
        await asyncio.sleep(0)  # HERE
    except BaseException as error:
        raise APIError("failed") from error


async def request_that_can_be_cancelled() -> None:
    try:
        await asyncio.sleep(0)
    except OSError as error:
        raise APIError("failed") from error


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(request):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(request_that_can_be_cancelled):
        pass


async def test_fixed_by_a_rule(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere.options(raises=APIError)(request):
        pass


# mistake: task_that_outlives_its_parent

"""Where the first wait is cancelled, the task that was started before it runs on."""

import asyncio

from async_guard import CancelEverywhere


async def beat(beats: list[int]) -> None:
    while True:
        beats.append(1)
        await asyncio.sleep(0)


async def with_heartbeat(beats: list[int]) -> None:
    task = asyncio.create_task(beat(beats))
    await asyncio.sleep(0)  # HERE
    task.cancel()
    await asyncio.wait([task])


async def with_heartbeat_until_the_end(beats: list[int]) -> None:
    task = asyncio.create_task(beat(beats))
    try:
        await asyncio.sleep(0)
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(with_heartbeat, []):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(with_heartbeat_until_the_end, []):
        pass


# mistake: half_written_file

"""A reader finds the first half of the file."""

import asyncio
from pathlib import Path

from async_guard import CancelEverywhere


async def save(path: Path) -> None:
    with path.open("w") as file:
        file.write("begin\n")
        await asyncio.sleep(0)  # HERE
        file.write("end\n")


async def save_at_once(path: Path) -> None:
    temporary = path.with_suffix(".new")
    with temporary.open("w") as file:
        file.write("begin\n")
        await asyncio.sleep(0)
        file.write("end\n")
    temporary.replace(path)


def is_whole(path: Path) -> bool:
    return not path.exists() or path.read_text().endswith("end\n")


async def test_mistake(cancel_everywhere: CancelEverywhere, tmp_path: Path) -> None:
    async for _ in cancel_everywhere(save, tmp_path / "file"):
        assert is_whole(tmp_path / "file")


async def test_fixed(cancel_everywhere: CancelEverywhere, tmp_path: Path) -> None:
    async for _ in cancel_everywhere(save_at_once, tmp_path / "file"):
        assert is_whole(tmp_path / "file")


# mistake: lock_held_by_a_child

"""A child of the group is cancelled with it, and keeps the lock."""

import asyncio


async def child(lock: asyncio.Lock) -> None:
    await lock.acquire()
    await asyncio.sleep(0)
    lock.release()


async def careful_child(lock: asyncio.Lock) -> None:
    async with lock:
        await asyncio.sleep(0)


async def all_children(lock: asyncio.Lock) -> None:
    async with asyncio.TaskGroup() as group:  # HERE
        group.create_task(asyncio.sleep(0))
        group.create_task(child(lock))


async def all_careful_children(lock: asyncio.Lock) -> None:
    async with asyncio.TaskGroup() as group:
        group.create_task(careful_child(lock))
        group.create_task(careful_child(lock))


# tests
import asyncio

from async_guard import CancelEverywhere
from my_project.lock_held_by_a_child import all_careful_children, all_children


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    lock = asyncio.Lock()
    async for _ in cancel_everywhere(all_children, lock):
        assert not lock.locked()


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    lock = asyncio.Lock()
    async for _ in cancel_everywhere(all_careful_children, lock):
        assert not lock.locked()


# mistake: money_in_transit

"""Between the two halves of a transfer, the money is nowhere."""

import asyncio


async def transfer(accounts: dict[str, int], amount: int) -> None:
    await asyncio.sleep(0)
    accounts["from"] -= amount
    await asyncio.sleep(0)  # HERE
    accounts["to"] += amount


async def transfer_at_once(accounts: dict[str, int], amount: int) -> None:
    await asyncio.sleep(0)
    accounts["from"] -= amount
    accounts["to"] += amount
    await asyncio.sleep(0)


# tests
from async_guard import CancelEverywhere
from my_project.money_in_transit import transfer, transfer_at_once


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    accounts = {"from": 100, "to": 0}
    async for _ in cancel_everywhere(transfer, accounts, amount=1):
        assert sum(accounts.values()) == 100


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    accounts = {"from": 100, "to": 0}
    async for _ in cancel_everywhere(transfer_at_once, accounts, amount=1):
        assert sum(accounts.values()) == 100


# mistake: job_lost_by_its_worker

"""A job that was taken from the queue is neither done nor put back."""

import asyncio

from async_guard import CancelEverywhere


async def work(jobs: asyncio.Queue[int], done: list[int]) -> None:
    job = await jobs.get()
    await asyncio.sleep(0)  # HERE
    done.append(job)


async def work_or_put_back(jobs: asyncio.Queue[int], done: list[int]) -> None:
    job = await jobs.get()
    try:
        await asyncio.sleep(0)
    except BaseException:
        jobs.put_nowait(job)
        raise
    done.append(job)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    jobs, done = asyncio.Queue[int](), list[int]()
    jobs.put_nowait(1)
    async for _ in cancel_everywhere(work, jobs, done):
        assert jobs.qsize() + len(done) == 1


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    jobs, done = asyncio.Queue[int](), list[int]()
    jobs.put_nowait(1)
    async for _ in cancel_everywhere(work_or_put_back, jobs, done):
        assert jobs.qsize() + len(done) == 1


# mistake: rolled_back_on_an_exception_only

"""A cancellation is no `Exception`, so the transaction stays open."""

import asyncio


class Database:
    def __init__(self) -> None:
        self.in_transaction = False

    async def begin(self) -> None:
        self.in_transaction = True

    async def insert(self) -> None:
        await asyncio.sleep(0)  # HERE

    async def end(self) -> None:
        self.in_transaction = False


async def save(database: Database) -> None:
    await database.begin()
    try:
        await database.insert()
    except Exception:
        await database.end()
        raise
    await database.end()


async def save_or_roll_back(database: Database) -> None:
    await database.begin()
    try:
        await database.insert()
    finally:
        await database.end()


# tests
from async_guard import CancelEverywhere
from my_project.rolled_back_on_an_exception_only import (
    Database,
    save,
    save_or_roll_back,
)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    database = Database()
    async for _ in cancel_everywhere(save, database):
        assert not database.in_transaction


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    database = Database()
    async for _ in cancel_everywhere(save_or_roll_back, database):
        assert not database.in_transaction


# mistake: opened_by_an_enter_that_is_cancelled

"""`__aexit__` is not called where `__aenter__` is cancelled."""

import asyncio
from typing import Self

from async_guard import CancelEverywhere


class Session:
    is_open = False

    async def __aenter__(self) -> Self:
        self.is_open = True
        await self.greet()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.is_open = False

    async def greet(self) -> None:
        await asyncio.sleep(0)  # HERE


class CarefulSession(Session):
    async def __aenter__(self) -> Self:
        try:
            return await super().__aenter__()
        except BaseException:
            self.is_open = False
            raise


async def use(session: Session) -> None:
    async with session:
        await asyncio.sleep(0)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    session = Session()
    async for _ in cancel_everywhere(use, session):
        assert not session.is_open


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    session = CarefulSession()
    async for _ in cancel_everywhere(use, session):
        assert not session.is_open


# mistake: error_of_a_task_lost

"""Where the wait is cancelled, the task's own error is never looked at."""

import asyncio

from async_guard import CancelEverywhere


async def fail() -> None:
    raise ValueError("lost")


async def begin_and_wait() -> None:
    task = asyncio.create_task(fail())
    await asyncio.sleep(0)  # HERE
    await asyncio.gather(task, return_exceptions=True)


async def wait_at_once() -> None:
    await asyncio.gather(fail(), return_exceptions=True)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(begin_and_wait):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(wait_at_once):
        pass


# mistake: generator_left_by_a_cancellation

"""The generator cleans up at some later time, and its clean-up awaits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from async_guard import CancelEverywhere


async def rows() -> AsyncIterator[int]:
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)


async def read() -> None:
    async for _ in rows():
        await asyncio.sleep(0)  # HERE


async def read_and_close() -> None:
    async with aclosing(rows()) as all_rows:
        async for _ in all_rows:
            await asyncio.sleep(0)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(read):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(read_and_close):
        pass


# mistake: second_of_two_never_closed

"""The clean-up is cancelled itself, after the first of two."""

import asyncio

from async_guard import CancelEverywhere


class Channel:
    is_open = True

    async def close(self) -> None:
        self.is_open = False
        await asyncio.sleep(0)  # HERE


async def close_one_by_one(channels: list[Channel]) -> None:
    for channel in channels:
        await channel.close()


async def close_all(channels: list[Channel]) -> None:
    tasks = [asyncio.ensure_future(channel.close()) for channel in channels]
    try:
        await asyncio.shield(asyncio.gather(*tasks))
    finally:
        await asyncio.wait(tasks)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    channels = [Channel(), Channel()]
    async for _ in cancel_everywhere(close_one_by_one, channels):
        assert not any(channel.is_open for channel in channels)


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    channels = [Channel(), Channel()]
    async for _ in cancel_everywhere(close_all, channels):
        assert not any(channel.is_open for channel in channels)


# mistake: socket_left_open

"""The socket is closed only where all goes well."""

import asyncio
import socket

from async_guard import CancelEverywhere


async def ask() -> None:
    ours, theirs = socket.socketpair()
    await asyncio.sleep(0)  # HERE
    ours.close()
    theirs.close()


async def ask_and_close() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        await asyncio.sleep(0)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(ask):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(ask_and_close):
        pass


# mistake: work_that_ignores_its_end

"""The clean-up waits for what never comes: the deadline ends it."""

import asyncio

from async_guard import CancelEverywhere


async def work(goodbye: asyncio.Event) -> None:
    try:
        await asyncio.sleep(0)
    finally:
        await goodbye.wait()  # HERE


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(work, asyncio.Event()):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    goodbye = asyncio.Event()
    goodbye.set()
    async for _ in cancel_everywhere(work, goodbye):
        pass


# mistake: answer_never_forgotten

"""The future of a request that was cancelled stays among those that wait."""

import asyncio

from async_guard import CancelEverywhere


class Connection:
    def __init__(self) -> None:
        self.waiting: dict[int, asyncio.Future[str]] = {}

    def send(self, number: int) -> asyncio.Future[str]:
        loop = asyncio.get_running_loop()
        answer = self.waiting[number] = loop.create_future()
        loop.call_soon(lambda: answer.done() or answer.set_result("pong"))
        return answer

    async def request(self) -> str:
        answer = await self.send(1)  # HERE
        del self.waiting[1]
        return answer

    async def request_and_forget(self) -> str:
        try:
            return await self.send(1)
        finally:
            del self.waiting[1]


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    connection = Connection()
    async for _ in cancel_everywhere(connection.request):
        assert not connection.waiting


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    connection = Connection()
    async for _ in cancel_everywhere(connection.request_and_forget):
        assert not connection.waiting


# mistake: context_manager_without_try

"""What follows the `yield` is not run where the block is cancelled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

OPEN: list[str] = []


@asynccontextmanager
async def session() -> AsyncIterator[None]:
    OPEN.append("session")
    yield
    OPEN.clear()


@asynccontextmanager
async def careful_session() -> AsyncIterator[None]:
    OPEN.append("session")
    try:
        yield
    finally:
        OPEN.clear()


async def use() -> None:
    async with session():
        await asyncio.sleep(0)  # HERE


async def use_carefully() -> None:
    async with careful_session():
        await asyncio.sleep(0)


# tests
from async_guard import CancelEverywhere
from my_project.context_manager_without_try import OPEN, use, use_carefully


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(use):
        assert OPEN == []


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    OPEN.clear()
    async for _ in cancel_everywhere(use_carefully):
        assert OPEN == []


# mistake: job_never_marked_as_done

"""Who joins the queue waits for ever."""

import asyncio

from async_guard import CancelEverywhere


async def work(jobs: asyncio.Queue[int]) -> None:
    await jobs.get()
    await asyncio.sleep(0)  # HERE
    jobs.task_done()


async def work_and_mark(jobs: asyncio.Queue[int]) -> None:
    await jobs.get()
    try:
        await asyncio.sleep(0)
    finally:
        jobs.task_done()


def one_job() -> asyncio.Queue[int]:
    jobs: asyncio.Queue[int] = asyncio.Queue()
    jobs.put_nowait(1)
    return jobs


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    jobs = one_job()
    async for _ in cancel_everywhere(work, jobs):
        async with asyncio.timeout(0.05):
            await jobs.join()


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    jobs = one_job()
    async for _ in cancel_everywhere(work_and_mark, jobs):
        async with asyncio.timeout(5):
            await jobs.join()
        jobs.put_nowait(1)


# mistake: shared_task_cancelled_by_one_caller

"""A cancellation of one who waits for a task is passed on to the task of all."""

import asyncio

from async_guard import CancelEverywhere


class Cache:
    def __init__(self) -> None:
        self.value: asyncio.Task[int] | None = None

    def task(self) -> asyncio.Task[int]:
        self.value = self.value or asyncio.create_task(asyncio.sleep(0, 1))
        return self.value

    async def get(self) -> int:
        return await self.task()  # HERE

    async def get_shielded(self) -> int:
        return await asyncio.shield(self.task())


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    cache = Cache()
    async for _ in cancel_everywhere(cache.get):
        assert await cache.get() == 1


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    cache = Cache()
    async for _ in cancel_everywhere(cache.get_shielded):
        assert await cache.get_shielded() == 1


# mistake: shielded_work_left_running

"""`shield` lets its task go on, and no one waits for it any more."""

import asyncio

from async_guard import CancelEverywhere


async def save(saved: asyncio.Event) -> None:
    await saved.wait()


async def save_shielded(saved: asyncio.Event) -> None:
    await asyncio.shield(save(saved))  # HERE


async def save_to_the_end(saved: asyncio.Event) -> None:
    task = asyncio.create_task(save(saved))
    asyncio.get_running_loop().call_soon(saved.set)
    try:
        await asyncio.shield(task)
    finally:
        await task


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(save_shielded, asyncio.Event()):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(save_to_the_end, asyncio.Event()):
        pass


# mistake: the_slower_of_two_left_running

"""`asyncio.wait` cancels none of its tasks, and the caller only when it comes to that."""

import asyncio

from async_guard import CancelEverywhere


async def steps(count: int, done: list[int]) -> None:
    for _ in range(count):
        await asyncio.sleep(0)
    done.append(count)


async def race(done: list[int]) -> None:
    tasks = [asyncio.create_task(steps(count, done)) for count in (1, 500)]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)  # HERE
    tasks[1].cancel()
    await asyncio.wait(tasks)


async def race_and_clean_up(done: list[int]) -> None:
    tasks = [asyncio.create_task(steps(count, done)) for count in (1, 500)]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def test_mistake(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(race, []):
        pass


async def test_fixed(cancel_everywhere: CancelEverywhere) -> None:
    async for _ in cancel_everywhere(race_and_clean_up, []):
        pass
