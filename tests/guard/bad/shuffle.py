# mistake: check_then_act
# seed: 5

"""Two that miss in a cache at once both make the value."""

import asyncio


class Cache:
    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.lock = asyncio.Lock()
        self.made = 0

    async def get(self, key: str) -> object:
        if key not in self.values:
            value = await self.make()
            self.values[key] = value
        return self.values[key]

    async def get_once(self, key: str) -> object:
        async with self.lock:
            return await self.get(key)

    async def make(self) -> object:
        self.made += 1
        await asyncio.sleep(0)
        return object()


# tests
import asyncio
from collections.abc import Awaitable, Callable

from my_project.check_then_act import Cache


async def ask_twice(get: Callable[[str], Awaitable[object]]) -> None:
    async def ask_later() -> None:
        for _ in range(3):
            await asyncio.sleep(0)
        await get("key")

    await asyncio.gather(get("key"), ask_later())


async def test_mistake() -> None:
    cache = Cache()
    await ask_twice(cache.get)
    assert cache.made == 1  # HERE


async def test_fixed() -> None:
    cache = Cache()
    await ask_twice(cache.get_once)
    assert cache.made == 1


# mistake: lost_update
# seed: 1

"""What is written after an await was read before it."""

import asyncio


class Account:
    def __init__(self) -> None:
        self.balance = 0

    async def add(self, amount: int) -> None:
        before = self.balance
        await asyncio.sleep(0)
        self.balance = before + amount

    async def add_at_once(self, amount: int) -> None:
        await asyncio.sleep(0)
        self.balance += amount


# tests
import asyncio
from collections.abc import Awaitable, Callable

from my_project.lost_update import Account


async def add_twice(add: Callable[[int], Awaitable[None]]) -> None:
    async def add_later() -> None:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await add(2)

    await asyncio.gather(add(1), add_later())


async def test_mistake() -> None:
    account = Account()
    await add_twice(account.add)
    assert account.balance == 3  # HERE


async def test_fixed() -> None:
    account = Account()
    await add_twice(account.add_at_once)
    assert account.balance == 3


# mistake: tasks_assumed_to_start_in_order
# seed: 1

"""Tasks take their first steps in any order."""

import asyncio


async def note(number: int, notes: list[int]) -> int:
    notes.append(number)
    return number


async def test_mistake() -> None:
    notes = list[int]()
    await asyncio.gather(*(note(number, notes) for number in range(3)))
    assert notes == [0, 1, 2]  # HERE


async def test_fixed() -> None:
    numbers = await asyncio.gather(*(note(number, []) for number in range(3)))
    assert numbers == [0, 1, 2]


# mistake: event_set_before_it_is_waited_for
# seed: 2

"""Who comes too late for a pulse waits for ever."""

import asyncio


async def wait(event: asyncio.Event) -> None:
    async with asyncio.timeout(0.05):
        await event.wait()  # HERE


async def test_mistake() -> None:
    event = asyncio.Event()

    async def pulse() -> None:
        event.set()
        event.clear()

    await asyncio.gather(wait(event), pulse())


async def test_fixed() -> None:
    event = asyncio.Event()

    async def set_for_good() -> None:
        event.set()

    await asyncio.gather(wait(event), set_for_good())


# mistake: notified_before_it_waits
# seed: 2

"""A notification reaches only who waits already."""

import asyncio


class Door:
    def __init__(self) -> None:
        self.changed = asyncio.Condition()
        self.is_open = False

    async def open(self) -> None:
        async with self.changed:
            self.is_open = True
            self.changed.notify_all()

    async def enter(self) -> None:
        async with self.changed:
            await self.changed.wait()

    async def enter_if_open(self) -> None:
        async with self.changed:
            await self.changed.wait_for(lambda: self.is_open)


async def test_mistake() -> None:
    door = Door()
    async with asyncio.timeout(0.05):
        await asyncio.gather(door.enter(), door.open())  # HERE


async def test_fixed() -> None:
    door = Door()
    async with asyncio.timeout(5):
        await asyncio.gather(door.enter_if_open(), door.open())


# mistake: one_turn_is_enough_to_start
# seed: 1

"""After one `sleep(0)`, a task need not have started."""

import asyncio


async def test_mistake() -> None:
    started = asyncio.Event()

    async def work() -> None:
        started.set()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    assert started.is_set()  # HERE
    await task


async def test_fixed() -> None:
    started = asyncio.Event()

    async def work() -> None:
        started.set()

    task = asyncio.create_task(work())
    await started.wait()
    await task


# mistake: sibling_assumed_to_have_started
# seed: 2

"""A task that is cancelled before its first step runs no `finally`."""

import asyncio

import pytest


async def fail() -> None:
    raise ValueError


async def test_mistake() -> None:
    cleaned = asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cleaned.set()

    with pytest.RaisesGroup(ValueError):
        async with asyncio.TaskGroup() as group:
            group.create_task(work())
            group.create_task(fail())
    assert cleaned.is_set()  # HERE


async def test_fixed() -> None:
    started, cleaned = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            started.set()
            await asyncio.Event().wait()
        finally:
            cleaned.set()

    async def fail_then() -> None:
        await started.wait()
        await fail()

    with pytest.RaisesGroup(ValueError):
        async with asyncio.TaskGroup() as group:
            group.create_task(work())
            group.create_task(fail_then())
    assert cleaned.is_set()


# mistake: results_in_the_order_of_completion
# seed: 1

"""Tasks end in any order."""

import asyncio


async def fetch(number: int, fetched: list[int]) -> int:
    await asyncio.sleep(0)
    fetched.append(number)
    return number


async def fetch_all(count: int) -> list[int]:
    fetched = list[int]()
    async with asyncio.TaskGroup() as group:
        for number in range(count):
            group.create_task(fetch(number, fetched))
    return fetched


async def fetch_in_order(count: int) -> list[int]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(fetch(number, [])) for number in range(count)]
    return [task.result() for task in tasks]


# tests
from my_project.results_in_the_order_of_completion import fetch_all, fetch_in_order


async def test_mistake() -> None:
    assert await fetch_all(3) == [0, 1, 2]  # HERE


async def test_fixed() -> None:
    assert await fetch_in_order(3) == [0, 1, 2]


# mistake: empty_queue_taken_for_the_end
# seed: 1

"""A queue is empty for a moment where its producer is slower."""

import asyncio


async def produce(queue: asyncio.Queue[int | None]) -> None:
    for number in (1, 2, 3, None):
        await queue.put(number)
        await asyncio.sleep(0)


async def consume(queue: asyncio.Queue[int | None]) -> list[int | None]:
    await asyncio.sleep(0)
    numbers = list[int | None]()
    while not queue.empty():
        numbers.append(queue.get_nowait())
        await asyncio.sleep(0)
    return numbers


async def consume_to_the_end(queue: asyncio.Queue[int | None]) -> list[int | None]:
    numbers = [await queue.get()]
    while numbers[-1] is not None:
        numbers.append(await queue.get())
    return numbers


async def test_mistake() -> None:
    queue = asyncio.Queue[int | None]()
    _, numbers = await asyncio.gather(produce(queue), consume(queue))
    assert numbers == [1, 2, 3, None]  # HERE


async def test_fixed() -> None:
    queue = asyncio.Queue[int | None]()
    _, numbers = await asyncio.gather(produce(queue), consume_to_the_end(queue))
    assert numbers == [1, 2, 3, None]


# mistake: used_before_it_is_set_up
# seed: 5

"""The set-up is done by the time of the first use, as a rule."""

import asyncio


class Service:
    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.settings: dict[str, int] = {}

    async def set_up(self) -> None:
        await asyncio.sleep(0)
        self.settings["limit"] = 1
        self.ready.set()

    async def use(self) -> int:
        for _ in range(3):
            await asyncio.sleep(0)
        return self.settings["limit"]  # HERE

    async def use_when_ready(self) -> int:
        await self.ready.wait()
        return await self.use()


# tests
import asyncio

from my_project.used_before_it_is_set_up import Service


async def test_mistake() -> None:
    service = Service()
    await asyncio.gather(service.set_up(), service.use())


async def test_fixed() -> None:
    service = Service()
    await asyncio.gather(service.set_up(), service.use_when_ready())


# mistake: two_locks_in_two_orders
# seed: 5

"""Each holds the lock that the other waits for."""

import asyncio


async def both(first: asyncio.Lock, second: asyncio.Lock) -> None:
    async with first:
        await asyncio.sleep(0)
        async with second:  # HERE
            pass


async def both_later(first: asyncio.Lock, second: asyncio.Lock) -> None:
    for _ in range(3):
        await asyncio.sleep(0)
    await both(first, second)


async def test_mistake() -> None:
    one, other = asyncio.Lock(), asyncio.Lock()
    async with asyncio.timeout(0.05):
        await asyncio.gather(both(one, other), both_later(other, one))


async def test_fixed() -> None:
    one, other = asyncio.Lock(), asyncio.Lock()
    async with asyncio.timeout(5):
        await asyncio.gather(both(one, other), both_later(one, other))


# mistake: frames_mixed_up
# seed: 1

"""Another's frame may come between the two halves of one."""

import asyncio


class Wire:
    def __init__(self) -> None:
        self.sent = list[int]()
        self.lock = asyncio.Lock()

    async def send(self, frame: int) -> None:
        self.sent.append(frame)
        await asyncio.sleep(0)
        self.sent.append(frame)

    async def send_alone(self, frame: int) -> None:
        async with self.lock:
            await self.send(frame)


# tests
import asyncio
from collections.abc import Awaitable, Callable

from my_project.frames_mixed_up import Wire


async def send_two(send: Callable[[int], Awaitable[None]]) -> None:
    async def send_later() -> None:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await send(2)

    await asyncio.gather(send(1), send_later())


async def test_mistake() -> None:
    wire = Wire()
    await send_two(wire.send)
    assert wire.sent in ([1, 1, 2, 2], [2, 2, 1, 1])  # HERE


async def test_fixed() -> None:
    wire = Wire()
    await send_two(wire.send_alone)
    assert wire.sent in ([1, 1, 2, 2], [2, 2, 1, 1])


# mistake: wake_up_cleared_too_late
# seed: 5

"""What is put between the look and the `clear` wakes no one."""

import asyncio


class Mail:
    def __init__(self) -> None:
        self.arrived = asyncio.Event()
        self.letters = list[int]()

    async def put(self) -> None:
        for letter in (1, 2):
            self.letters.append(letter)
            self.arrived.set()
            for _ in range(6):
                await asyncio.sleep(0)

    async def take_two(self) -> None:
        taken = list[int]()
        while len(taken) < 2:
            await self.arrived.wait()  # HERE
            taken += self.letters
            self.letters.clear()
            await asyncio.sleep(0)
            self.arrived.clear()

    async def clear_and_take_two(self) -> None:
        taken = list[int]()
        while len(taken) < 2:
            await self.arrived.wait()
            self.arrived.clear()
            taken += self.letters
            self.letters.clear()
            await asyncio.sleep(0)


# tests
import asyncio

from my_project.wake_up_cleared_too_late import Mail


async def test_mistake() -> None:
    mail = Mail()
    async with asyncio.timeout(0.05):
        await asyncio.gather(mail.take_two(), mail.put())


async def test_fixed() -> None:
    mail = Mail()
    async with asyncio.timeout(5):
        await asyncio.gather(mail.clear_and_take_two(), mail.put())


# mistake: future_set_by_two
# seed: 1

"""Both saw that it was not done, before either awaited."""

import asyncio


class Result:
    def __init__(self) -> None:
        self.future = asyncio.get_running_loop().create_future()

    async def set(self, value: int) -> None:
        if not self.future.done():
            await asyncio.sleep(0)
            self.future.set_result(value)  # HERE

    async def set_once(self, value: int) -> None:
        await asyncio.sleep(0)
        if not self.future.done():
            self.future.set_result(value)


# tests
import asyncio
from collections.abc import Awaitable, Callable

from my_project.future_set_by_two import Result


async def set_twice(set_value: Callable[[int], Awaitable[None]]) -> None:
    async def set_later() -> None:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await set_value(2)

    await asyncio.gather(set_value(1), set_later())


async def test_mistake() -> None:
    await set_twice(Result().set)


async def test_fixed() -> None:
    await set_twice(Result().set_once)
